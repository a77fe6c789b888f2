// What the web pages of rankings have in common: rendered here, no script, every text escaped,
// usable on a small screen, in the dark and on paper. Pure.
#pragma once

#include <string>

#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

// What a page needs beside the snapshot.
struct PageFacts {
  std::string snapshot_sha256;
  std::string corrected_by;  // id of the publication that corrects this one; "" for none
};

// A whole document. `title` is text, `body` is HTML.
std::string Document(const std::string& title, const std::string& body);

// YYYY-MM-DD → dd/mm/yyyy, escaped.
std::string DayHtml(const std::string& iso);

// Paths of pages, to stand in an attribute.
std::string PublicationPath(const std::string& publication_id);
std::string UnitPath(const std::string& publication_id, const std::string& unit_id);

// That the publication was corrected, and that it is a correction; "" when neither.
std::string NoticesHtml(const Head& head, const PageFacts& facts);

// Rank against the year before: "▲ 2 bậc (từ hạng 3)", "–" where there is nothing to compare.
std::string ChangeHtml(const UnitRecord& unit, const Standing& standing);

// Where the snapshot is and how anybody checks it.
std::string SnapshotHtml(const Head& head, const PageFacts& facts);

// A set's legal basis in brackets, "" when the source names none: " (766/QĐ-TTg)".
std::string BasisHtml(const LegalBasis& basis);

}  // namespace thidua::scoring::rankings
