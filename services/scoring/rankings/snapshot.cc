#include "scoring/rankings/snapshot.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "nlohmann/json.hpp"
#include "platform/hash.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/criteria/codec.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::LeafInput;
using criteria::LeafScore;
using criteria::ScoreStatus;
using nlohmann::json;
using numbers::ToExact;

constexpr char kSchema[] = "thidua.scoring.ranking/1";

std::string StatusName(ScoreStatus status) {
  switch (status) {
    case ScoreStatus::kScored:
      return "SCORED";
    case ScoreStatus::kNotApplicable:
      return "NOT_APPLICABLE";
    case ScoreStatus::kNotYetScored:
      return "NOT_YET_SCORED";
  }
  return "";
}

json BasisToJson(const LegalBasis& basis) {
  return {{"number", basis.number},
          {"issue_date", basis.issue_date},
          {"issuer", basis.issuer},
          {"subject", basis.subject}};
}

json HeadToJson(const Head& head) {
  json out = {{"id", head.publication_id},
              {"title", head.title},
              {"publish_date", head.publish_date},
              {"corrects", head.corrects},
              {"correction_reason", head.correction_reason},
              {"organiser", {{"unit_id", head.organiser_id}, {"unit_name", head.organiser_name}}},
              {"plan_id", head.plan_id},
              {"round_id", head.round_id},
              {"block", head.block},
              {"year", std::to_string(head.year)},
              {"period_start", head.period_start},
              {"period_end", head.period_end},
              {"as_of", head.as_of}};
  // Old snapshots have no such members and must come out as they were.
  if (!head.block_title.empty()) out["block_title"] = head.block_title;
  if (!head.correction_basis.number.empty()) {
    out["correction_basis"] = BasisToJson(head.correction_basis);
  }
  return out;
}

json SetToJson(const Head& head, const criteria::Definition& definition) {
  return {{"id", head.criteria_set_id},
          {"version", std::to_string(head.criteria_set_version)},
          {"content_sha256", head.criteria_set_sha256},
          {"legal_basis", BasisToJson(head.legal_basis)},
          {"definition", criteria::ToJson(definition)}};
}

json LeafToJson(const LeafRecord& leaf) {
  json out = {{"criterion", leaf.criterion}, {"evidence", json::array()}};
  switch (leaf.input.kind) {
    case LeafInput::Kind::kNothing:
      out["kind"] = "NOTHING";
      break;
    case LeafInput::Kind::kNotApplicable:
      out["kind"] = "NOT_APPLICABLE";
      break;
    case LeafInput::Kind::kGiven:
      out["kind"] = "GIVEN";
      out["points"] = ToExact(leaf.input.given);
      break;
    case LeafInput::Kind::kInputs:
      out["kind"] = "INPUTS";
      out["inputs"] = json::object();
      for (const auto& [name, value] : leaf.input.inputs) out["inputs"][name] = ToExact(value);
      break;
  }
  for (const Evidence& evidence : leaf.evidence) {
    out["evidence"].push_back({{"sha256", evidence.sha256}, {"pages", evidence.pages}});
  }
  // Old snapshots have no such member and must come out as they were.
  if (!leaf.layers.empty()) out["layers"] = leaf.layers;
  return out;
}

json UnitToJson(const UnitRecord& unit) {
  json out = {{"unit_id", unit.unit_id},
              {"unit_name", unit.unit_name},
              {"finalised", unit.finalised},
              {"previous_rank", std::to_string(unit.previous_rank)},
              {"leaves", json::array()}};
  for (const LeafRecord& leaf : unit.leaves) out["leaves"].push_back(LeafToJson(leaf));
  return out;
}

json StandingToJson(const criteria::Scheme& scheme, const Standing& standing) {
  json out = {{"unit_id", standing.unit_id},
              {"rank", std::to_string(standing.rank)},
              {"not_ranked_reason", standing.not_ranked_reason},
              {"band", standing.band},
              {"leaves", json::array()}};
  if (standing.leaves.empty()) return out;
  out["points"] = ToExact(standing.score.points);
  out["applicable_max_points"] = ToExact(standing.score.applicable_max);
  if (standing.score.index.has_value()) {
    out["index_percent"] = scheme.IndexText(*standing.score.index);
  }
  // Sets without them have no such members, and their snapshots come out as they were.
  if (scheme.has_extra_points()) {
    out["bonus_points"] = ToExact(standing.score.bonus);
    out["deduction_points"] = ToExact(standing.score.deduction);
  }
  for (size_t i = 0; i < standing.leaves.size(); ++i) {
    const LeafScore& leaf = standing.leaves[i];
    json added = {{"criterion", scheme.leaves()[i].code}, {"status", StatusName(leaf.status)}};
    if (leaf.status == ScoreStatus::kScored) added["points"] = ToExact(leaf.points);
    out["leaves"].push_back(std::move(added));
  }
  return out;
}

// The readers throw what nlohmann's at() and get() throw, or std::invalid_argument.
numbers::Rational ReadNumber(const json& text) {
  const std::optional<numbers::Rational> value = numbers::ParseExact(text.get<std::string>());
  if (!value.has_value()) throw std::invalid_argument("a number is malformed");
  return *value;
}

std::string Text(const json& in, const char* name) { return in.at(name).get<std::string>(); }

LegalBasis ReadBasis(const json& in) {
  return {Text(in, "number"), Text(in, "issue_date"), Text(in, "issuer"), Text(in, "subject")};
}

Head ReadHead(const json& in) {
  const json& p = in.at("publication");
  const json& set = in.at("criteria_set");
  Head head;
  head.publication_id = Text(p, "id");
  head.title = Text(p, "title");
  head.publish_date = Text(p, "publish_date");
  head.corrects = Text(p, "corrects");
  head.correction_reason = Text(p, "correction_reason");
  if (p.contains("correction_basis")) head.correction_basis = ReadBasis(p.at("correction_basis"));
  head.organiser_id = Text(p.at("organiser"), "unit_id");
  head.organiser_name = Text(p.at("organiser"), "unit_name");
  head.plan_id = Text(p, "plan_id");
  head.round_id = Text(p, "round_id");
  head.block = Text(p, "block");
  head.block_title = p.value("block_title", "");
  head.year = std::stoi(Text(p, "year"));
  head.period_start = Text(p, "period_start");
  head.period_end = Text(p, "period_end");
  head.as_of = Text(p, "as_of");
  head.criteria_set_id = Text(set, "id");
  head.criteria_set_version = std::stoi(Text(set, "version"));
  head.criteria_set_sha256 = Text(set, "content_sha256");
  head.legal_basis = ReadBasis(set.at("legal_basis"));
  return head;
}

LeafRecord ReadLeaf(const json& in) {
  LeafRecord leaf;
  leaf.criterion = Text(in, "criterion");
  const std::string kind = Text(in, "kind");
  if (kind == "NOT_APPLICABLE") {
    leaf.input.kind = LeafInput::Kind::kNotApplicable;
  } else if (kind == "GIVEN") {
    leaf.input.kind = LeafInput::Kind::kGiven;
    leaf.input.given = ReadNumber(in.at("points"));
  } else if (kind == "INPUTS") {
    leaf.input.kind = LeafInput::Kind::kInputs;
    for (const auto& item : in.at("inputs").items()) {
      leaf.input.inputs[item.key()] = ReadNumber(item.value());
    }
  } else if (kind != "NOTHING") {
    throw std::invalid_argument("unknown kind of leaf: " + kind);
  }
  for (const json& evidence : in.at("evidence")) {
    leaf.evidence.push_back({Text(evidence, "sha256"), Text(evidence, "pages")});
  }
  if (in.contains("layers")) leaf.layers = in.at("layers").get<decltype(leaf.layers)>();
  return leaf;
}

UnitRecord ReadUnit(const json& in) {
  UnitRecord unit;
  unit.unit_id = Text(in, "unit_id");
  unit.unit_name = Text(in, "unit_name");
  unit.finalised = in.at("finalised").get<bool>();
  unit.previous_rank = std::stoi(Text(in, "previous_rank"));
  for (const json& leaf : in.at("leaves")) unit.leaves.push_back(ReadLeaf(leaf));
  return unit;
}

}  // namespace

const UnitRecord* Ranked::UnitOf(std::string_view unit_id) const {
  for (const UnitRecord& unit : basis.units) {
    if (unit.unit_id == unit_id) return &unit;
  }
  return nullptr;
}

const Standing* Ranked::StandingOf(std::string_view unit_id) const {
  for (const Standing& standing : standings) {
    if (standing.unit_id == unit_id) return &standing;
  }
  return nullptr;
}

absl::StatusOr<Ranked> Compute(Basis basis) {
  ASSIGN_OR_RETURN(const std::string definition, criteria::Canonical(basis.definition));
  if (platform::Sha256Hex(definition) != basis.head.criteria_set_sha256) {
    return platform::Internal("the criteria set of a ranking is not the one it names");
  }
  std::optional<criteria::Scheme> scheme = criteria::Scheme::Compile(basis.definition);
  if (!scheme.has_value()) return platform::Internal("the criteria set of a ranking is defective");
  std::sort(basis.units.begin(), basis.units.end(),
            [](const UnitRecord& a, const UnitRecord& b) { return a.unit_id < b.unit_id; });
  std::vector<Candidate> candidates;
  for (const UnitRecord& unit : basis.units) {
    Candidate& candidate = candidates.emplace_back();
    candidate.unit_id = unit.unit_id;
    candidate.finalised = unit.finalised;
    if (!unit.finalised) continue;
    if (unit.leaves.size() != scheme->leaves().size()) {
      return platform::Internal("a unit's leaves are not those of the criteria set");
    }
    for (size_t i = 0; i < unit.leaves.size(); ++i) {
      if (unit.leaves[i].criterion != scheme->leaves()[i].code) {
        return platform::Internal("a unit's leaves are not in the order of the criteria set");
      }
      candidate.inputs.push_back(unit.leaves[i].input);
    }
  }
  std::vector<Standing> standings = Rank(*scheme, candidates);
  return Ranked{std::move(basis), *std::move(scheme), std::move(standings)};
}

absl::StatusOr<std::string> ToBytes(const Ranked& ranked) {
  json out = {{"schema", kSchema},
              {"publication", HeadToJson(ranked.basis.head)},
              {"criteria_set", SetToJson(ranked.basis.head, ranked.basis.definition)},
              {"inputs", json::array()},
              {"results", json::array()}};
  for (const UnitRecord& unit : ranked.basis.units) out["inputs"].push_back(UnitToJson(unit));
  for (const Standing& standing : ranked.standings) {
    out["results"].push_back(StandingToJson(ranked.scheme, standing));
  }
  return platform::CanonicalJson(out);
}

absl::StatusOr<Basis> BasisOf(std::string_view bytes) {
  const json in = json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (in.is_discarded()) return platform::Internal("a snapshot is no JSON");
  Basis basis;
  try {
    if (Text(in, "schema") != kSchema) return platform::Internal("a snapshot of unknown form");
    basis.head = ReadHead(in);
    for (const json& unit : in.at("inputs")) basis.units.push_back(ReadUnit(unit));
    ASSIGN_OR_RETURN(basis.definition,
                     criteria::DefinitionFromJson(in.at("criteria_set").at("definition")));
  } catch (const std::exception& e) {  // json::exception, invalid_argument, out_of_range
    return platform::Internal(std::string("a snapshot is malformed: ") + e.what());
  }
  return basis;
}

}  // namespace thidua::scoring::rankings
