#include "campaign/access/token_endpoint.h"

#include <map>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "campaign/access/form.h"
#include "campaign/access/rules_roles.h"
#include "campaign/access/secret.h"
#include "campaign/access/store.h"
#include "campaign/directory/store_people.h"
#include "nlohmann/json.hpp"
#include "platform/ids.h"
#include "platform/signed_jwks.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

constexpr absl::Duration kLifetime = absl::Minutes(15);
constexpr size_t kLargestToken = size_t{8} * 1024;
constexpr char kJwtBearer[] = "urn:ietf:params:oauth:grant-type:jwt-bearer";

// `error` is a code of RFC 6749 5.2.
absl::Status Refused(const std::string& error, platform::Text text) {
  platform::ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  spec.reason = "OAUTH_" + absl::AsciiStrToUpper(error);
  spec.text = std::move(text);
  spec.metadata["error"] = error;
  return platform::MakeError(spec);
}

// The same sentence whether the client is unknown, disabled or brings a wrong secret: a stranger
// learns nothing.
absl::Status InvalidClient() {
  return Refused("invalid_client", {"máy khách hoặc khóa bí mật không đúng",
                                    "the client or its secret is not right"});
}

absl::Status InvalidGrant(platform::Text text) { return Refused("invalid_grant", std::move(text)); }

std::string Value(const std::map<std::string, std::string>& form, const char* name) {
  const auto found = form.find(name);
  return found == form.end() ? "" : found->second;
}

}  // namespace

absl::StatusOr<std::string> TokenEndpoint::Answer(const platform::Call& call,
                                                  std::string_view text) {
  const std::optional<std::map<std::string, std::string>> form = ReadForm(text);
  if (!form)
    return Refused("invalid_request", {"biểu mẫu sai dạng hoặc có trường lặp",
                                       "the form is malformed or repeats a field"});
  const std::string grant_type = Value(*form, "grant_type");
  Subject subject;
  if (grant_type == kJwtBearer) {
    ASSIGN_OR_RETURN(subject, FromAssertion(call, Value(*form, "assertion")));
  } else if (grant_type == "client_credentials") {
    ASSIGN_OR_RETURN(
        subject, FromClientSecret(call, Value(*form, "client_id"), Value(*form, "client_secret")));
  } else if (grant_type.empty()) {
    return Refused("invalid_request", {"thiếu grant_type", "grant_type is missing"});
  } else {
    return Refused("unsupported_grant_type",
                   {"không hỗ trợ grant_type này", "this grant_type is not supported"});
  }
  ASSIGN_OR_RETURN(const std::string token, TokenFor(call, subject));
  return nlohmann::json{{"access_token", token},
                        {"token_type", "Bearer"},
                        {"expires_in", absl::ToInt64Seconds(kLifetime)}}
      .dump();
}

absl::StatusOr<std::string> TokenEndpoint::Jwks(const platform::Call& call) const {
  absl::StatusOr<std::string> list =
      platform::SignJwks(verifier_.PublicJwks(), *service_key_, call.machine_now());
  // The operator's file holds what cannot be signed: nothing that the caller could mend.
  if (!list.ok()) return platform::Internal(std::string(list.status().message()));
  return list;
}

absl::StatusOr<TokenEndpoint::Subject> TokenEndpoint::FromAssertion(const platform::Call& call,
                                                                    const std::string& assertion) {
  if (assertion.empty())
    return Refused("invalid_request", {"thiếu assertion", "assertion is missing"});
  const absl::StatusOr<std::string> subject = verifier_.VerifyAssertion(assertion);
  if (!subject.ok()) {
    return InvalidGrant(
        {"chứng thực không hợp lệ: " + platform::TextOf(subject.status(), "vi"),
         "the assertion is not valid: " + platform::TextOf(subject.status(), "en")});
  }
  const size_t colon = subject->find(':');
  const std::string kind = subject->substr(0, colon);
  const std::string key = colon == std::string::npos ? "" : subject->substr(colon + 1);
  std::optional<directory::Person> person;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    if (kind == "person" && platform::IsId(key)) {
      ASSIGN_OR_RETURN(person, directory::FindPerson(session, key));
    } else if (kind == "staff") {
      ASSIGN_OR_RETURN(person, directory::FindPersonByStaffCode(session, key));
    }
    return absl::OkStatus();
  }));
  if (!person)
    return InvalidGrant(
        {"không có người này trong danh bạ", "there is no such person in the directory"});
  if (directory::PostOn(*person, call.business_today()) == nullptr) {
    return InvalidGrant(
        {"người này hôm nay không giữ vị trí nào", "this person holds no post today"});
  }
  return Subject{"person", person->id};
}

absl::StatusOr<TokenEndpoint::Subject> TokenEndpoint::FromClientSecret(
    const platform::Call& call, const std::string& client_id, const std::string& client_secret) {
  if (client_id.empty() || client_secret.empty()) {
    return Refused("invalid_request",
                   {"thiếu client_id hoặc client_secret", "client_id or client_secret is missing"});
  }
  if (!platform::IsId(client_id)) return InvalidClient();
  std::optional<Client> client;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(client, FindClient(session, client_id));
    return absl::OkStatus();
  }));
  if (!client || client->disabled || !Matches(client_secret, client->secret_sha256))
    return InvalidClient();
  return Subject{"client", client->id};
}

absl::StatusOr<std::string> TokenEndpoint::TokenFor(const platform::Call& call,
                                                    const Subject& subject) {
  std::map<std::string, Role> roles;
  std::vector<Binding> bindings;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(roles, LoadRoles(session));
    ASSIGN_OR_RETURN(const std::vector<RoleBinding> held,
                     BindingsOf(session, subject.kind, subject.id));
    bindings.clear();
    for (const RoleBinding& one : held) bindings.push_back(one.binding);
    return absl::OkStatus();
  }));
  std::map<std::string, std::vector<std::string>> permissions;
  for (const auto& [id, role] : roles) permissions[id] = role.permissions;
  platform::AccessClaims claims;
  claims.subject = subject.kind + ":" + subject.id;
  for (UnitGrant& grant : GrantsOf(bindings, permissions, call.business_today())) {
    claims.grants.push_back({grant.unit_id, std::move(grant.permissions)});
  }
  ASSIGN_OR_RETURN(std::string token,
                   platform::MintAccessToken(*key_, claims, call.machine_now(), kLifetime));
  if (token.size() > kLargestToken) {
    platform::ErrorSpec spec;
    spec.code = absl::StatusCode::kResourceExhausted;
    spec.reason = "TOKEN_TOO_LARGE";
    spec.text = {
        "quyền quá nhiều để vào một mã truy cập (8 KiB); hãy gán vai trò ở đơn vị cấp trên",
        "the rights do not fit into a token (8 KiB); bind roles at a unit above"};
    spec.metadata["grants"] = std::to_string(claims.grants.size());
    return platform::MakeError(spec);
  }
  return token;
}

}  // namespace thidua::campaign::access
