// Between contracts and plain values of access.
#pragma once

#include <string>

#include "campaign/access/store.h"
#include "campaign/requests/fields.h"
#include "thidua/campaign/v1/access_service.pb.h"

namespace thidua::campaign::access {

v1::Role ToProto(const Role& role);
v1::RoleBinding ToProto(const RoleBinding& binding);
v1::Client ToProto(const Client& client);

// "people/<id>" or "clients/<id>" → kind and id.
struct PrincipalName {
  std::string kind;
  std::string id;
};
PrincipalName PrincipalFrom(const std::string& name, const std::string& field, Fields* fields);
// "roles/<ID>" → "<ID>".
std::string RoleFrom(const std::string& name, const std::string& field, Fields* fields);
// "units/<id>" → "<id>"; "*" stays.
std::string PlaceFrom(const std::string& name, const std::string& field, Fields* fields);

}  // namespace thidua::campaign::access
