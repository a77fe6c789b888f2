#include "campaign/access/tokens.h"

#include <openssl/crypto.h>

#include <map>
#include <utility>
#include <vector>

#include "campaign/access/rules_roles.h"
#include "campaign/access/store.h"
#include "campaign/access/token_form.h"
#include "nlohmann/json.hpp"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

constexpr absl::Duration kLifetime = absl::Minutes(15);
constexpr size_t kLargestToken = 8 * 1024;  // it travels in a header of every call
constexpr char kJwtBearer[] = "urn:ietf:params:oauth:grant-type:jwt-bearer";

bool SameSecret(const std::string& stored_sha256, const std::string& secret) {
  const std::string given = platform::Sha256(secret);
  return stored_sha256.size() == given.size() &&
         CRYPTO_memcmp(stored_sha256.data(), given.data(), given.size()) == 0;
}

absl::Status InvalidGrant() {
  return OAuthError("invalid_grant", "chứng thực không hợp lệ, đã hết hạn, hoặc không có người này",
                    "the assertion is not valid, has expired, or names nobody known");
}

}  // namespace

absl::StatusOr<std::string> TokenIssuer::Issue(const platform::Call& call, std::string_view form) {
  const auto fields = ParseForm(form);
  if (!fields.has_value()) {
    return OAuthError("invalid_request", "biểu mẫu không đúng dạng", "the form is malformed");
  }
  const auto field = [&](const char* name) {
    const auto found = fields->find(name);
    return found == fields->end() ? std::string() : found->second;
  };
  const std::string grant_type = field("grant_type");
  std::string token;
  if (grant_type == kJwtBearer) {
    const absl::StatusOr<std::string> subject = verifier_.VerifyAssertion(field("assertion"));
    if (!subject.ok()) return InvalidGrant();
    RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(const std::string person, PersonOfAssertion(session, *subject));
      ASSIGN_OR_RETURN(token, Mint(session, call, "person", person));
      return absl::OkStatus();
    }));
  } else if (grant_type == "client_credentials") {
    RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(const std::optional<ClientRow> client,
                       FindClient(session, field("client_id")));
      // The same answer for an unknown, a disabled and a wrongly authenticated client.
      if (!client.has_value() || client->disabled ||
          !SameSecret(client->secret_sha256, field("client_secret"))) {
        return OAuthError("invalid_client",
                          "sai mã hoặc bí mật của hệ thống, hoặc hệ thống đã bị khoá",
                          "the client id or secret is wrong, or the client is disabled");
      }
      ASSIGN_OR_RETURN(token, Mint(session, call, "client", client->client_id));
      return absl::OkStatus();
    }));
  } else {
    return OAuthError("unsupported_grant_type",
                      "grant_type phải là jwt-bearer hoặc client_credentials",
                      "grant_type must be jwt-bearer or client_credentials");
  }
  return nlohmann::json{{"access_token", token},
                        {"token_type", "Bearer"},
                        {"expires_in", absl::ToInt64Seconds(kLifetime)}}
      .dump();
}

absl::StatusOr<std::string> TokenIssuer::PersonOfAssertion(db::Session& session,
                                                           const std::string& subject) {
  const size_t colon = subject.find(':');
  const std::string kind = subject.substr(0, colon);
  const std::string id = colon == std::string::npos ? "" : subject.substr(colon + 1);
  if (kind == "staff") {
    ASSIGN_OR_RETURN(const std::optional<std::string> person, PersonIdByStaffCode(session, id));
    if (person.has_value()) return *person;
  } else if (kind == "person" && platform::IsId(id)) {
    ASSIGN_OR_RETURN(const bool known, PersonExists(session, id));
    if (known) return id;
  }
  return InvalidGrant();
}

absl::StatusOr<std::string> TokenIssuer::Mint(db::Session& session, const platform::Call& call,
                                              const std::string& kind, const std::string& id) {
  ASSIGN_OR_RETURN(const std::vector<BindingRow> rows, BindingsOf(session, kind, id));
  ASSIGN_OR_RETURN(const std::vector<RoleRow> roles, ListRoles(session));
  std::vector<Binding> bindings;
  for (const BindingRow& row : rows) bindings.push_back(row.binding);
  std::map<std::string, std::vector<std::string>> permissions;
  for (const RoleRow& role : roles) permissions[role.role_id] = role.permissions;
  platform::AccessClaims claims;
  claims.subject = kind + ":" + id;
  for (UnitGrant& grant : GrantsOf(bindings, permissions, call.business_today())) {
    claims.grants.push_back({std::move(grant.unit_id), std::move(grant.permissions)});
  }
  ASSIGN_OR_RETURN(std::string token,
                   platform::MintAccessToken(key_, claims, call.machine_now(), kLifetime));
  if (token.size() > kLargestToken) {
    platform::ErrorSpec spec;
    spec.code = absl::StatusCode::kResourceExhausted;
    spec.reason = "TOKEN_TOO_LARGE";
    spec.text = {"quá nhiều vai trò để chứa trong một mã truy cập",
                 "too many roles to fit into one token"};
    return platform::MakeError(spec);
  }
  return token;
}

}  // namespace thidua::campaign::access
