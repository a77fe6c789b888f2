#include "awards/errors.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/status.h"
#include "platform/text_length.h"

namespace thidua::awards {

absl::Status ErrorOf(const Refusal& refusal) {
  platform::ErrorSpec spec;
  spec.reason = refusal.reason;
  spec.text = {refusal.vi, refusal.en};
  spec.metadata = refusal.metadata;
  switch (refusal.kind) {
    case RefusalKind::kInvalid:
      spec.code = absl::StatusCode::kInvalidArgument;
      spec.fields.push_back({refusal.field, refusal.reason, spec.text});
      break;
    case RefusalKind::kState:
      spec.code = absl::StatusCode::kFailedPrecondition;
      break;
    case RefusalKind::kForbidden:
      spec.code = absl::StatusCode::kPermissionDenied;
      break;
  }
  for (const RefusalItem& item : refusal.items) {
    spec.fields.push_back({item.field, item.reason, {item.vi, item.en}});
  }
  return platform::MakeError(spec);
}

absl::Status ErrorOf(const MaybeRefusal& refusal) {
  return refusal ? ErrorOf(*refusal) : absl::OkStatus();
}

absl::Status ResourceNotFound(std::string_view kind, std::string_view name) {
  const std::string text(name);
  return platform::NotFound(
      absl::StrCat(std::string(kind), "_NOT_FOUND"),
      {absl::StrCat("Không tìm thấy ", text, "."), absl::StrCat("There is no ", text, ".")},
      {{"name", text}});
}

absl::StatusOr<std::string> PersonOf(const platform::Call& call) {
  if (call.principal().kind == platform::PrincipalKind::kPerson) {
    return call.principal().person_id;
  }
  return platform::PermissionDenied(
      "PERSON_REQUIRED", {"Thao tác này phải do một người thực hiện, không phải một hệ thống.",
                          "This must be done by a person, not by a system."});
}

absl::Status CheckText(std::string_view field, std::string_view text, size_t longest) {
  const absl::string_view trimmed =
      absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size()));
  if (trimmed.empty()) {
    return platform::InvalidField(field, "FIELD_REQUIRED",
                                  {"Trường này không được để trống.", "This field is required."});
  }
  return CheckOptionalText(field, text, longest);
}

absl::Status CheckOptionalText(std::string_view field, std::string_view text, size_t longest) {
  if (platform::TextLength(text) <= longest) return absl::OkStatus();
  return platform::InvalidField(
      field, "FIELD_TOO_LONG",
      {absl::StrCat("Trường này dài quá ", longest, " ký tự."),
       absl::StrCat("This field is longer than ", longest, " characters.")});
}

}  // namespace thidua::awards
