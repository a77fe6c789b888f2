#include "awards/decisions/convert.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::decisions {
namespace {

// The contract's enums have UNSPECIFIED before our first value.
template <class Proto, class Enum>
Proto EnumOf(Enum value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

constexpr size_t kLongest = 200;
constexpr int kMostLines = 20;

void ToProto(const Prize& from, v1::Prize* to) {
  to->set_vnd(from.vnd);
  to->set_coefficient(CoefficientText(from.thousandths));
  to->set_coefficient_basis(from.coefficient_basis);
  to->set_base_salary_vnd(from.base_salary_vnd);
  to->set_base_salary_basis(from.base_salary_basis);
  to->set_verified(from.verified);
  if (!from.paid_with.empty()) to->set_paid_with(platform::NameOf("nominations", from.paid_with));
  if (!from.withdrawal) return;
  v1::PrizeWithdrawal* withdrawal = to->mutable_withdrawal();
  withdrawal->set_date(platform::FormatDate(from.withdrawal->day));
  withdrawal->set_reason(from.withdrawal->reason);
  withdrawal->set_document_number(from.withdrawal->document_number);
  if (from.withdrawal->document_date) {
    withdrawal->set_document_date(platform::FormatDate(*from.withdrawal->document_date));
  }
}

void ToProto(const Text& from, v1::DecisionText* to) {
  to->set_parent_body(from.parent_body);
  to->set_issuing_body(from.issuing_body);
  to->set_subject(from.subject);
  for (const std::string& line : from.legal_bases) to->add_legal_bases(line);
  for (const std::string& line : from.articles) to->add_articles(line);
  for (const std::string& line : from.recipients) to->add_recipients(line);
}

absl::Status CheckOneLine(const std::string& field, const std::string& text) {
  if (text.find_first_of("\r\n") == std::string::npos) return absl::OkStatus();
  return platform::InvalidField(
      field, "LINE_BREAK",
      {"Phần này không được xuống dòng.", "There must be no line break in this part."});
}

absl::StatusOr<std::string> LineOf(const std::string& field, const std::string& text,
                                   size_t longest) {
  RETURN_IF_ERROR(CheckOptionalText(field, text, longest));
  RETURN_IF_ERROR(CheckOneLine(field, text));
  return text;
}

template <class Repeated>
absl::StatusOr<std::vector<std::string>> LinesOf(const std::string& field, const Repeated& from,
                                                 size_t longest) {
  if (from.size() > kMostLines) {
    return platform::InvalidField(field, "COUNT_OUT_OF_RANGE",
                                  {absl::StrCat("Nhiều nhất ", kMostLines, " dòng."),
                                   absl::StrCat("There may be at most ", kMostLines, " entries.")});
  }
  std::vector<std::string> lines;
  for (int i = 0; i < from.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    RETURN_IF_ERROR(CheckText(at, from[i], longest));
    RETURN_IF_ERROR(CheckOneLine(at, from[i]));
    lines.push_back(from[i]);
  }
  return lines;
}

}  // namespace

void ToProto(const DecisionRow& row, v1::Decision* decision) {
  decision->set_name(platform::NameOf("decisions", row.id));
  decision->set_plan(platform::NameOf("plans", row.plan_id));
  decision->set_unit(platform::NameOf("units", row.unit_id));
  decision->set_state(EnumOf<v1::DecisionState>(row.state));
  decision->set_awarding_authority(row.awarding_authority);
  decision->set_citation(row.citation);
  decision->set_place(row.place);
  int64_t withdrawn_vnd = 0;
  int withdrawals = 0;
  for (const AwardRow& award : row.awards) {
    if (award.prize && award.prize->withdrawal) {
      withdrawn_vnd += award.prize->vnd;
      ++withdrawals;
    }
    v1::Award* added = decision->add_awards();
    added->set_nomination(platform::NameOf("nominations", award.nomination_id));
    added->set_unit(platform::NameOf("units", award.unit_id));
    added->set_unit_name(award.unit_name);
    added->set_award_form(award.award_form);
    added->set_subject(EnumOf<v1::AwardSubject>(award.subject));
    if (award.prize) ToProto(*award.prize, added->mutable_prize());
    if (!award.person_id.empty()) {
      added->set_person(platform::NameOf("people", award.person_id));
      added->set_person_name(award.person_name);
      added->set_person_position(award.person_position);
    }
    if (award.certificate_id.empty()) continue;
    added->set_certificate(platform::NameOf("certificates", award.certificate_id));
    added->set_certificate_code(award.certificate_code);
  }
  decision->set_number(row.number);
  if (row.issue_date) decision->set_issue_date(platform::FormatDate(*row.issue_date));
  if (row.signature) {
    v1::Signature* signature = decision->mutable_signature();
    signature->set_signer_name(row.signature->signer_name);
    signature->set_signer_position(row.signature->signer_position);
    signature->set_mode(EnumOf<v1::SigningMode>(row.signature->mode));
    signature->set_signs_for(row.signature->signs_for);
  }
  decision->set_unknown_standards_reason(row.unknown_standards_reason);
  decision->set_cancel_reason(row.cancel_reason);
  ToProto(row.text, decision->mutable_text());
  decision->set_fund_source(row.fund_source);
  decision->set_unverified_prizes_reason(row.unverified_prizes_reason);
  if (row.prize_total_vnd) {
    decision->set_prize_total_vnd(*row.prize_total_vnd - withdrawn_vnd);
    decision->set_prize_withdrawn_vnd(withdrawn_vnd);
  }
  decision->set_pdf_size_bytes(row.pdf_size_bytes);
  decision->set_pdf_sha256(row.pdf_sha256);
  decision->set_quota_override_reason(row.quota_override_reason);
  *decision->mutable_create_time() = platform::ToTimestamp(row.created_at);
  // A withdrawal is a change of the certificate, told of by its event; what is read here changes
  // too.
  decision->set_etag(platform::EtagOf(row.row_version + withdrawals));
}

absl::StatusOr<Text> TextOf(const v1::DecisionText& from) {
  Text text;
  ASSIGN_OR_RETURN(text.parent_body, LineOf("text.parent_body", from.parent_body(), kLongest));
  ASSIGN_OR_RETURN(text.issuing_body, LineOf("text.issuing_body", from.issuing_body(), kLongest));
  ASSIGN_OR_RETURN(text.subject, LineOf("text.subject", from.subject(), 600));
  ASSIGN_OR_RETURN(text.legal_bases, LinesOf("text.legal_bases", from.legal_bases(), 600));
  ASSIGN_OR_RETURN(text.articles, LinesOf("text.articles", from.articles(), 2000));
  ASSIGN_OR_RETURN(text.recipients, LinesOf("text.recipients", from.recipients(), kLongest));
  return text;
}

absl::StatusOr<Signature> SignatureOf(const v1::Signature& from) {
  if (!v1::SigningMode_IsValid(from.mode()) || from.mode() == v1::SIGNING_MODE_UNSPECIFIED) {
    return platform::InvalidField(
        "signature.mode", "FIELD_REQUIRED",
        {"Thiếu thẩm quyền ký (trực tiếp, TM., KT., TL., TUQ.).", "The signing mode is missing."});
  }
  RETURN_IF_ERROR(CheckOptionalText("signature.signer_name", from.signer_name(), kLongest));
  RETURN_IF_ERROR(CheckOptionalText("signature.signer_position", from.signer_position(), kLongest));
  RETURN_IF_ERROR(CheckOptionalText("signature.signs_for", from.signs_for(), kLongest));
  Signature signature{from.signer_name(), from.signer_position(),
                      static_cast<SigningMode>(from.mode() - 1), from.signs_for()};
  RETURN_IF_ERROR(ErrorOf(CheckSignature(signature)));
  return signature;
}

}  // namespace thidua::awards::decisions
