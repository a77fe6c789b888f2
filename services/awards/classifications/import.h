// A file of yearly classifications, read row by row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "awards/classifications/rules.h"
#include "thidua/awards/v1/classification_service.pb.h"

namespace thidua::awards::classifications {

struct FileRow {
  int line = 0;
  Record said;
};

// What a file says; the errors of its form and of single cells are in the response, and rows that
// have one are not among those given back.
std::vector<FileRow> ReadFile(std::string_view content, const std::string& caller,
                              absl::CivilDay today, v1::ImportClassificationsResponse* response);

// Tells of a refused cell; at most 500 are told, all are counted.
void Refuse(int line, const std::string& column, const std::string& reason, const std::string& vi,
            const std::string& en, v1::ImportClassificationsResponse* response);

}  // namespace thidua::awards::classifications
