#include "thiduactl/session.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/token.h"

namespace thidua::ctl {

std::string Base64(const std::string& bytes) { return absl::Base64Escape(bytes); }

std::string FromBase64(const std::string& text) {
  std::string bytes;
  return absl::Base64Unescape(text, &bytes) ? bytes : "";
}

std::string ErrorLine(const absl::Status& status) {
  const std::string reason = platform::ReasonOf(status);
  if (reason.empty()) return std::string(status.message());
  const auto fields = platform::FieldsOf(status);
  const std::string text =
      platform::TextOf(status, "vi") + " (" + platform::TextOf(status, "en") + ")";
  std::string line = "[" + reason + "] ";
  // InvalidField begins its text with the field, other errors need not.
  if (fields.size() == 1 && text.rfind(fields[0].field, 0) != 0) line += fields[0].field + ": ";
  line += text;
  if (fields.size() > 1) {
    for (const auto& field : fields) {
      line += "\n  - " + field.field + ": [" + field.reason + "] " + field.text.vi;
    }
  }
  return line;
}

json ErrorJson(const absl::Status& status) {
  json fields = json::array();
  for (const auto& field : platform::FieldsOf(status)) {
    fields.push_back({{"field", field.field},
                      {"reason", field.reason},
                      {"message_vi", field.text.vi},
                      {"message_en", field.text.en}});
  }
  const std::string reason = platform::ReasonOf(status);
  return {{"error",
           {{"reason", reason.empty() ? absl::StatusCodeToString(status.code()) : reason},
            {"message_vi", platform::TextOf(status, "vi")},
            {"message_en", platform::TextOf(status, "en")},
            {"fields", fields}}}};
}

absl::StatusOr<std::unique_ptr<Session>> Session::Offline(Options options) {
  return std::unique_ptr<Session>(new Session(std::move(options)));
}

absl::StatusOr<std::unique_ptr<Session>> Session::Open(Options options) {
  auto session = std::unique_ptr<Session>(new Session(std::move(options)));
  ASSIGN_OR_RETURN(session->client_, RpcClient::Connect(session->options_.server));
  return session;
}

absl::StatusOr<std::string> Session::BootstrapToken(const std::string& expired) {
  if (!bootstrap_.empty() && bootstrap_ != expired) return bootstrap_;
  if (options_.keys_directory.empty()) {
    return absl::FailedPreconditionError("cần --token: ở đây không có khóa nội bộ (no local keys)");
  }
  ASSIGN_OR_RETURN(const auto key,
                   platform::SigningKey::Load(options_.keys_directory + "/access.pem"));
  ASSIGN_OR_RETURN(bootstrap_,
                   platform::MintAccessToken(*key, {"person:bootstrap", {{"*", {"*"}}}},
                                             platform::SystemClock().Now(), absl::Hours(1)));
  return bootstrap_;
}

absl::StatusOr<std::string> Session::Token(const std::string& expired) {
  if (!options_.person.empty()) return TokenOf(options_.person, expired);
  if (!options_.token.empty()) return options_.token;
  return BootstrapToken(expired);
}

absl::StatusOr<std::string> Session::Exchange(const std::string& form) {
  const json request = {
      {"form", {{"content_type", "application/x-www-form-urlencoded"}, {"data", Base64(form)}}}};
  ASSIGN_OR_RETURN(const json answer,
                   client_->Call("campaign.v1.AccessService/IssueToken", request, ""));
  const json body = json::parse(FromBase64(answer.value("data", "")), nullptr, false);
  if (!body.is_object() || !body.contains("access_token")) {
    return absl::UnauthenticatedError("token endpoint: " +
                                      body.value("error_description", "no token"));
  }
  return body["access_token"].get<std::string>();
}

absl::StatusOr<std::string> Session::TokenOf(const std::string& staff_code,
                                             const std::string& expired) {
  std::string& token = tokens_[staff_code];
  if (!token.empty() && token != expired) return token;
  ASSIGN_OR_RETURN(const auto key,
                   platform::SigningKey::Load(options_.keys_directory + "/assertion.pem"));
  ASSIGN_OR_RETURN(
      const std::string assertion,
      platform::MintAssertion(*key, "staff:" + staff_code, platform::SystemClock().Now()));
  ASSIGN_OR_RETURN(
      token,
      Exchange("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" +
               assertion));
  return token;
}

absl::StatusOr<std::string> Session::ClientToken(const std::string& client_id,
                                                 const std::string& secret) {
  return Exchange(absl::StrCat("grant_type=client_credentials&client_id=", client_id,
                               "&client_secret=", secret));
}

absl::StatusOr<json> Session::Call(const std::string& method, const json& request) {
  ASSIGN_OR_RETURN(const std::string token, Token());
  return client_->Call(method, request, token);
}

absl::StatusOr<json> Session::CallAs(const std::string& staff_code, const std::string& method,
                                     const json& request) {
  ASSIGN_OR_RETURN(const std::string token, TokenOf(staff_code));
  absl::StatusOr<json> answer = client_->Call(method, request, token);
  if (!answer.ok() && platform::ReasonOf(answer.status()) == "TOKEN_EXPIRED") {
    ASSIGN_OR_RETURN(const std::string fresh, TokenOf(staff_code, token));
    return client_->Call(method, request, fresh);
  }
  return answer;
}

}  // namespace thidua::ctl
