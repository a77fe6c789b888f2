// What stands in the document of a decision. Pure; how it looks is render.h's.
//
// R-AWD-59  Words that nobody gave follow from the law in force on the day, the plan, the council's
//           minutes and the units; words that were given go before them.
// R-AWD-60  More awards than five stand in an annex that the first article names; fewer stand in
//           the article itself.
// R-AWD-61  Amounts of money are written in figures and in words.
// R-AWD-62  A people's committee names no body above itself; every other issuer names its parent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/decisions/rules_prizes.h"
#include "awards/rules_signature.h"

namespace thidua::awards::decisions {

// The words beside the list; a part nobody gave is empty.
struct Text {
  std::string parent_body;
  std::string issuing_body;
  std::string subject;
  std::vector<std::string> legal_bases;
  std::vector<std::string> articles;
  std::vector<std::string> recipients;
};

struct Meeting {
  std::string council;
  absl::CivilDay day;
};

// What the missing words follow from. What is not known is empty.
struct DocumentFacts {
  std::string issuer_name;
  std::string issuer_type;
  std::string parent_name;
  std::vector<std::string> laws;  // in force on the day, without "Căn cứ"
  std::string plan_number;
  std::optional<absl::CivilDay> plan_day;
  std::string plan_title;
  std::string plan_issuer_name;
  std::vector<Meeting> meetings;
  std::string coordinator_name;
};

struct Awardee {
  std::string name;
  std::string award_form;
  Subject subject = Subject::kCollective;
  std::optional<Prize> prize;  // without one the decision says nothing about money
  std::string nomination_id;
};

// What the one who drafted the decision said.
struct DecisionWords {
  std::string awarding_authority;
  std::string citation;
  std::string fund_source;  // "" when the decision says nothing about money
};

// One article: the words after "Điều n.", and lines below them.
struct Article {
  std::string text;
  std::vector<std::string> lines;
};

// A decision ready to be laid out.
struct Document {
  bool draft = false;
  std::string parent_body;  // "" for none
  std::string issuing_body;
  std::string number;  // "" in a draft
  std::string place;
  std::optional<absl::CivilDay> day;  // none in a draft
  std::string subject;
  std::string awarding_authority;
  std::vector<std::string> legal_bases;  // each with its mark at the end
  std::vector<Article> articles;
  std::vector<std::string> recipients;  // each with dash and mark
  std::optional<Signature> signature;   // none in a draft
  bool annex = false;
  std::string annex_title;
  std::string annex_note;  // "(Kèm theo …)"
  std::vector<Awardee> awardees;
  bool money = false;
  int64_t total_vnd = 0;
};

// R-AWD-58  Whether an earlier decision paid for the achievement.
bool PaidByEarlier(const Prize& prize, const std::vector<Awardee>& awardees);

// "UBND xã …" → "Ủy ban nhân dân xã …".
std::string FullBodyName(std::string_view name);
// "1.080.000".
std::string Figures(int64_t amount);
// "một triệu không trăm tám mươi nghìn"; from 0 to 10^15.
std::string InWords(int64_t amount);

// R-AWD-59, R-AWD-62: the words with nothing left empty that can be known.
Text Complete(const Text& given, const DocumentFacts& facts, const DecisionWords& words,
              const std::vector<Awardee>& awardees);

// The document of complete words; number, day and signature are the caller's to add.
Document Compose(const Text& text, const DecisionWords& words,
                 const std::vector<Awardee>& awardees);
// The note above the annex, once number and day are known.
std::string AnnexNote(const Document& document);

}  // namespace thidua::awards::decisions
