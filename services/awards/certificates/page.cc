#include "awards/certificates/page.h"

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/html.h"

namespace thidua::awards::certificates {
namespace {

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Xác minh khen thưởng</title>
<style>
body{font:16px/1.5 "Times New Roman",Tinos,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.3rem}
.state{padding:.7rem 1rem;border-left:.4rem solid;font-weight:bold}
.valid{border-color:#17713a;background:#e8f5ec;color:#0d4a25}
.revoked,.unknown{border-color:#a3161b;background:#fbeaea;color:#7a0f13}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.3rem 1rem}
dt{color:#555}
dd{margin:0;overflow-wrap:anywhere}
@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
</style>
</head>
<body>
<main>
<h1>Xác minh khen thưởng</h1>
)";
constexpr const char* kTail = "</main>\n</body>\n</html>\n";

std::string Row(const char* term, const std::string& text) {
  return absl::StrCat("<dt>", term, "</dt><dd>", platform::EscapeHtml(text), "</dd>\n");
}

std::string StateLine(const PageFacts& facts) {
  const std::string form = platform::EscapeHtml(FormText(facts.content.award_form));
  if (facts.state == State::kValid) {
    return absl::StrCat("<p class=\"state valid\">", form, " còn hiệu lực.</p>\n");
  }
  std::string document;
  if (!facts.revoke_document_number.empty()) {
    document =
        absl::StrCat(" theo Quyết định số ", platform::EscapeHtml(facts.revoke_document_number));
    if (facts.revoke_document_date)
      absl::StrAppend(&document, " ngày ", platform::FormatDateVi(*facts.revoke_document_date));
  }
  return absl::StrCat(
      "<p class=\"state revoked\">", form, " đã bị thu hồi",
      facts.revoked ? absl::StrCat(" ngày ", platform::FormatDateVi(*facts.revoked)) : "", document,
      ". Lý do: ", platform::EscapeHtml(facts.revoke_reason), "</p>\n");
}

}  // namespace

std::string CertificatePage(const PageFacts& facts) {
  const Content& content = facts.content;
  const Awardee awardee = AwardeeOf(content);
  std::string signer = content.signature.signer_name;
  for (const std::string& line : SignatureLines(content.signature)) {
    absl::StrAppend(&signer, ", ", line);
  }
  std::string ranking;
  if (!facts.publication_id.empty()) {
    const std::string id = platform::EscapeHtml(facts.publication_id);
    ranking = absl::StrCat("<dt>Kết quả xếp hạng</dt><dd><a href=\"/trang/xep-hang/", id,
                           "\">xem công bố xếp hạng</a> (SHA-256: ",
                           platform::EscapeHtml(facts.publication_sha256), ")</dd>\n");
  }
  return absl::StrCat(
      kHead, StateLine(facts), "<dl>\n", Row("Mã xác minh", content.code),
      Row("Hình thức", FormText(content.award_form)),
      Row("Tặng",
          awardee.below.empty() ? awardee.name : absl::StrCat(awardee.name, ", ", awardee.below)),
      Row("Thành tích", content.citation), Row("Thẩm quyền", content.awarding_authority),
      Row("Quyết định",
          absl::StrCat(content.decision_number, " ", LongDate(content.decision_date))),
      Row("Người ký", signer), Row("SHA-256 của tệp PDF", facts.pdf_sha256), ranking, "</dl>\n",
      kTail);
}

std::string UnknownPage(const std::string& code) {
  return absl::StrCat(kHead,
                      "<p class=\"state unknown\">Không tìm thấy Giấy khen, Bằng khen nào mang mã ",
                      platform::EscapeHtml(code), ".</p>\n", kTail);
}

std::string MistypedPage() {
  return absl::StrCat(
      kHead,
      "<p class=\"state unknown\">Mã không đúng: ký tự kiểm tra không khớp. "
      "Hãy đối chiếu lại mã in trên Giấy khen, Bằng khen (5 nhóm, mỗi nhóm 4 ký tự).</p>\n",
      kTail);
}

}  // namespace thidua::awards::certificates
