// Units and people of a running service, for tests of what a caller sees of them.
#pragma once

#include <functional>
#include <string>

#include "campaign/testing/campaign_test.h"

namespace thidua::campaign::directory {

// The columns of a file of units.
inline constexpr char kHeader[] =
    "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n";

class DirectoryTest : public CampaignTest {
 protected:
  v1::Unit Get(const std::string& name, const std::string& as_of = "",
               const std::string& token = "") {
    v1::GetUnitRequest request;
    request.set_name(name);
    request.set_as_of(as_of);
    return Ask(directory(), &v1::DirectoryService::Stub::GetUnit, request, token);
  }
  v1::ListUnitsResponse List(const std::function<void(v1::ListUnitsRequest&)>& fill,
                             const std::string& token = "") {
    v1::ListUnitsRequest request;
    fill(request);
    return Ask(directory(), &v1::DirectoryService::Stub::ListUnits, request, token);
  }
  v1::UpdateUnitRequest Note(const v1::Unit& unit, const std::string& note) {
    v1::UpdateUnitRequest request;
    request.mutable_unit()->set_name(unit.name());
    request.mutable_unit()->set_etag(unit.etag());
    request.mutable_unit()->set_note(note);
    request.mutable_update_mask()->add_paths("note");
    request.set_reason("kiểm thử");
    request.set_request_id(Next());
    return request;
  }
};

}  // namespace thidua::campaign::directory
