#include "awards/decisions/rules_document.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "awards/rules_wording.h"

namespace thidua::awards::decisions {
namespace {

constexpr size_t kMostInArticle = 5;

constexpr std::array<std::string_view, 10> kDigits = {"không", "một", "hai", "ba",  "bốn",
                                                      "năm",   "sáu", "bảy", "tám", "chín"};

// Whether the text began with the prefix, which it then does no more.
bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "03", "12": numbers below ten are written with a leading zero.
std::string CountText(size_t count) { return absl::StrFormat("%02d", count); }

// Without the mark at its end.
std::string Bare(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ';' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

// The citation as the end of a sentence: " đã có thành tích …".
std::string Reason(const std::string& citation) {
  const std::string bare = Bare(citation);
  for (const auto& [upper, lower] : {std::pair{"Đã ", "đã "}, std::pair{"Có ", "có "}}) {
    if (absl::StartsWith(bare, upper)) {
      return absl::StrCat(" ", lower, bare.substr(std::string_view(upper).size()));
    }
  }
  return absl::StrCat(" với thành tích: ", bare);
}

// How many of each kind: "03 tập thể, 01 cá nhân".
std::string Counts(const std::vector<Awardee>& awardees) {
  std::map<Subject, size_t> counts;
  for (const Awardee& awardee : awardees) ++counts[awardee.subject];
  std::vector<std::string> parts;
  parts.reserve(counts.size());
  for (const auto& [subject, count] : counts) {
    parts.push_back(absl::StrCat(CountText(count), " ", std::string(TextOf(subject))));
  }
  return absl::StrJoin(parts, ", ");
}

// The kinds alone: "tập thể, cá nhân".
std::string Kinds(const std::vector<Awardee>& awardees) {
  std::vector<std::string> parts;
  for (Subject subject : {Subject::kCollective, Subject::kIndividual, Subject::kHousehold}) {
    const bool any = std::any_of(awardees.begin(), awardees.end(), [&](const Awardee& awardee) {
      return awardee.subject == subject;
    });
    if (any) parts.emplace_back(TextOf(subject));
  }
  return absl::StrJoin(parts, ", ");
}

// In the order in which they first stand in the list.
std::vector<std::string> Forms(const std::vector<Awardee>& awardees) {
  std::vector<std::string> forms;
  for (const Awardee& awardee : awardees) {
    std::string form = FormText(awardee.award_form);
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) {
      forms.push_back(std::move(form));
    }
  }
  return forms;
}

std::string PlanBasis(const DocumentFacts& facts) {
  if (facts.plan_title.empty() && facts.plan_number.empty()) return "";
  std::string text = "Căn cứ Kế hoạch";
  if (!facts.plan_number.empty()) absl::StrAppend(&text, " số ", facts.plan_number);
  if (facts.plan_day) absl::StrAppend(&text, " ", LongDate(*facts.plan_day));
  if (!facts.plan_issuer_name.empty()) {
    absl::StrAppend(&text, " của ", FullBodyName(facts.plan_issuer_name));
  }
  std::string_view title = facts.plan_title;
  if (TakePrefix(title, "Kế hoạch ")) {
    absl::StrAppend(&text, " ", std::string(title));
  } else if (TakePrefix(title, "Phát động ")) {
    absl::StrAppend(&text, " phát động ", std::string(title));
  } else if (!title.empty()) {
    absl::StrAppend(&text, " về ", std::string(title));
  }
  return Bare(text);
}

std::vector<std::string> Bases(const DocumentFacts& facts) {
  std::vector<std::string> bases;
  for (const std::string& law : facts.laws) bases.push_back(absl::StrCat("Căn cứ ", Bare(law)));
  if (std::string plan = PlanBasis(facts); !plan.empty()) bases.push_back(std::move(plan));
  for (const Meeting& meeting : facts.meetings) {
    bases.push_back(
        absl::StrCat("Căn cứ Biên bản họp ", Bare(meeting.council), " ", LongDate(meeting.day)));
  }
  if (!facts.coordinator_name.empty()) {
    bases.push_back(absl::StrCat("Theo đề nghị của ", FullBodyName(facts.coordinator_name)));
  }
  return bases;
}

std::vector<std::string> LastArticles(const DocumentFacts& facts,
                                      const std::vector<Awardee>& awardees) {
  std::string who = "Thủ trưởng các cơ quan, đơn vị có liên quan";
  if (!facts.coordinator_name.empty()) {
    who = absl::StrCat(FullBodyName(facts.coordinator_name),
                       ", thủ trưởng các cơ quan, đơn vị có liên quan");
  }
  return {"Quyết định này có hiệu lực kể từ ngày ký.",
          absl::StrCat(who, " và các ", Kinds(awardees),
                       " có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.")};
}

// Căn cứ end with ";", the last one with ".".
std::vector<std::string> Marked(const std::vector<std::string>& lines, const std::string& before) {
  std::vector<std::string> marked;
  for (size_t i = 0; i < lines.size(); ++i) {
    marked.push_back(absl::StrCat(before, Bare(lines[i]), i + 1 < lines.size() ? ";" : "."));
  }
  return marked;
}

// R-AWD-60
Article FirstArticle(const DecisionWords& words, const std::vector<Awardee>& awardees) {
  const std::vector<std::string> forms = Forms(awardees);
  std::string text;
  if (forms.size() == 1) {
    text = absl::StrCat("Tặng ", forms[0], " của ", Bare(words.awarding_authority), " cho ");
  } else {
    text = absl::StrCat("Tặng ", absl::StrJoin(forms, ", "), " cho ");
  }
  const std::string reason = Reason(words.citation);
  if (awardees.size() == 1) {
    absl::StrAppend(&text, std::string(TextOf(awardees[0].subject)), " ", awardees[0].name, reason,
                    ".");
    return {std::move(text), {}};
  }
  absl::StrAppend(&text, Counts(awardees), reason);
  if (awardees.size() > kMostInArticle) {
    absl::StrAppend(&text, " (có danh sách kèm theo).");
    return {std::move(text), {}};
  }
  absl::StrAppend(&text, ", gồm:");
  std::vector<std::string> lines;
  for (const Awardee& awardee : awardees) {
    std::string line = absl::StrCat(lines.size() + 1, ". ", awardee.name);
    if (forms.size() > 1) absl::StrAppend(&line, ": ", FormText(awardee.award_form));
    lines.push_back(absl::StrCat(line, lines.size() + 1 < awardees.size() ? ";" : "."));
  }
  return {std::move(text), std::move(lines)};
}

std::string Comma(std::string decimal) {
  std::replace(decimal.begin(), decimal.end(), '.', ',');
  return decimal;
}

// One line for each kind of prize, then what they come to and who pays.
Article MoneyArticle(const DecisionWords& words, const std::vector<Awardee>& awardees) {
  const std::string fund = absl::StrCat("Kinh phí chi từ ", Bare(words.fund_source), ".");
  const bool computed = std::all_of(awardees.begin(), awardees.end(), [](const Awardee& awardee) {
    return awardee.prize.has_value();
  });
  if (!computed) {
    return {absl::StrCat("Mức tiền thưởng kèm theo được tính theo mức lương cơ sở tại ngày ban "
                         "hành Quyết định. ",
                         fund),
            {}};
  }
  std::vector<std::string> lines;
  int64_t total = 0;
  bool once = false;
  std::vector<std::string> paid_before;
  for (const Awardee& awardee : awardees) {
    const Prize& prize = *awardee.prize;
    total += prize.vnd;
    if (!prize.paid_with.empty()) {
      if (PaidByEarlier(prize, awardees)) {
        paid_before.push_back(awardee.name);
      } else {
        once = true;
      }
      continue;
    }
    std::string line = absl::StrCat(
        "- ", FormText(awardee.award_form), " đối với ", std::string(TextOf(awardee.subject)), ": ",
        Figures(prize.vnd), " đồng/", std::string(TextOf(awardee.subject)), " (",
        Comma(CoefficientText(prize.thousandths)), " lần mức lương cơ sở ",
        Figures(prize.base_salary_vnd), " đồng, làm tròn lên hàng chục nghìn đồng);");
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
  }
  if (!lines.empty()) lines.back().back() = '.';
  if (once) {
    lines.emplace_back(
        "Một thành tích chỉ thưởng tiền một lần, theo mức cao nhất trong Quyết định này.");
  }
  if (!paid_before.empty()) {
    const std::string who = awardees.size() > kMostInArticle
                                ? "các trường hợp ghi “Đã thưởng trước” trong danh sách kèm theo"
                                : absl::StrJoin(paid_before, "; ");
    lines.push_back(absl::StrCat("Không thưởng tiền lần nữa đối với ", who,
                                 " do thành tích này đã được thưởng tiền theo quyết định trước."));
  }
  std::string words_of_total = InWords(total);
  lines.push_back(absl::StrCat("Tổng số tiền thưởng: ", Figures(total),
                               " đồng (bằng chữ: ", words_of_total, " đồng). ", fund));
  return {"Mức tiền thưởng kèm theo như sau:", std::move(lines)};
}

// Three digits; `full` after a higher group: "không trăm lẻ năm".
std::string Group(int value, bool full) {
  const int hundreds = value / 100;
  const int tens = value / 10 % 10;
  const int ones = value % 10;
  std::vector<std::string> words;
  const auto add = [&](std::string_view word) { words.emplace_back(word); };
  if (hundreds > 0 || full) {
    add(kDigits[hundreds]);
    add("trăm");
  }
  if (tens == 1) {
    add("mười");
  } else if (tens > 1) {
    add(kDigits[tens]);
    add("mươi");
  } else if (ones > 0 && !words.empty()) {
    add("lẻ");
  }
  if (ones == 1 && tens > 1) {
    add("mốt");
  } else if (ones == 5 && tens > 0) {
    add("lăm");
  } else if (ones > 0) {
    add(kDigits[ones]);
  }
  return absl::StrJoin(words, " ");
}

std::string BelowBillion(int64_t amount, bool full) {
  std::vector<std::string> words;
  for (const auto& [unit, name] :
       {std::pair<int64_t, std::string_view>{1'000'000, " triệu"}, {1'000, " nghìn"}, {1, ""}}) {
    const int group = static_cast<int>(amount / unit % 1000);
    if (group == 0) continue;
    words.push_back(absl::StrCat(Group(group, full || !words.empty()), std::string(name)));
  }
  return absl::StrJoin(words, " ");
}

}  // namespace

// A prize that is paid with another names it; one that the list lacks is an earlier decision's.
bool PaidByEarlier(const Prize& prize, const std::vector<Awardee>& awardees) {
  return !prize.paid_with.empty() &&
         std::none_of(awardees.begin(), awardees.end(), [&](const Awardee& awardee) {
           return awardee.nomination_id == prize.paid_with;
         });
}

std::string FullBodyName(std::string_view name) {
  if (TakePrefix(name, "UBND ")) {
    return absl::StrCat("Ủy ban nhân dân ", std::string(name));
  }
  return std::string(name);
}

std::string Figures(int64_t amount) {
  std::string digits = absl::StrCat(amount);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ".");
  return digits;
}

// R-AWD-61
std::string InWords(int64_t amount) {
  constexpr int64_t kBillion = 1'000'000'000;
  if (amount == 0) return std::string(kDigits[0]);
  if (amount < kBillion) return BelowBillion(amount, false);
  std::string billions = absl::StrCat(InWords(amount / kBillion), " tỷ");
  if (amount % kBillion == 0) return billions;
  return absl::StrCat(billions, " ", BelowBillion(amount % kBillion, true));
}

// R-AWD-59
Text Complete(const Text& given, const DocumentFacts& facts, const DecisionWords& words,
              const std::vector<Awardee>& awardees) {
  Text text = given;
  // R-AWD-62
  const bool committee = facts.issuer_type == "PROVINCE" || facts.issuer_type == "DISTRICT" ||
                         facts.issuer_type == "COMMUNE";
  if (text.parent_body.empty() && !committee) text.parent_body = FullBodyName(facts.parent_name);
  if (text.issuing_body.empty()) text.issuing_body = FullBodyName(facts.issuer_name);
  if (text.subject.empty()) {
    text.subject = absl::StrCat("Về việc tặng ", absl::StrJoin(Forms(awardees), ", "), " cho ",
                                Kinds(awardees), Reason(words.citation));
  }
  if (text.legal_bases.empty()) text.legal_bases = Bases(facts);
  if (text.articles.empty()) text.articles = LastArticles(facts, awardees);
  if (text.recipients.empty()) {
    const size_t last = 1 + (words.fund_source.empty() ? 0 : 1) + text.articles.size();
    text.recipients = {absl::StrCat("Như Điều ", last), "Lưu: VT"};
  }
  return text;
}

Document Compose(const Text& text, const DecisionWords& words,
                 const std::vector<Awardee>& awardees) {
  Document document;
  document.parent_body = text.parent_body;
  document.issuing_body = text.issuing_body;
  document.subject = Bare(text.subject);
  document.awarding_authority = Bare(words.awarding_authority);
  document.legal_bases = Marked(text.legal_bases, "");
  document.articles.push_back(FirstArticle(words, awardees));
  document.money = !words.fund_source.empty();
  if (document.money) document.articles.push_back(MoneyArticle(words, awardees));
  for (const std::string& article : text.articles) document.articles.push_back({article, {}});
  document.recipients = Marked(text.recipients, "- ");
  document.awardees = awardees;
  document.annex = awardees.size() > kMostInArticle;
  document.annex_title = absl::StrCat("Danh sách ", Kinds(awardees), " được tặng ",
                                      absl::StrJoin(Forms(awardees), ", "));
  for (const Awardee& awardee : awardees) {
    if (awardee.prize) document.total_vnd += awardee.prize->vnd;
  }
  return document;
}

std::string AnnexNote(const Document& document) {
  std::string text = "(Kèm theo Quyết định số ";
  absl::StrAppend(&text, document.number.empty() ? "…/QĐ-…" : document.number, " ");
  absl::StrAppend(&text, document.day ? LongDate(*document.day) : "ngày … tháng … năm …", " của ",
                  document.awarding_authority, ")");
  return text;
}

}  // namespace thidua::awards::decisions
