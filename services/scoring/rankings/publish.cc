#include "scoring/rankings/publish.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/text_length.h"
#include "scoring/rankings/convert.h"
#include "scoring/rankings/gather.h"

namespace thidua::scoring::rankings {
namespace {

using platform::Call;

int RankedCount(const Ranked& ranked) {
  return static_cast<int>(std::count_if(ranked.standings.begin(), ranked.standings.end(),
                                        [](const Standing& s) { return s.rank > 0; }));
}

absl::Status Refused(std::string_view reason, const std::string& vi, const std::string& en,
                     std::map<std::string, std::string> metadata = {}) {
  return platform::FailedPrecondition(reason, {vi, en}, std::move(metadata));
}

absl::Status CheckTexts(const v1::PublishRankingRequest& request) {
  if (request.title().empty() || platform::TextLength(request.title()) > 300) {
    return platform::InvalidField(
        "title", "TEXT_LENGTH",
        {"Tiêu đề có từ 1 đến 300 ký tự", "The title has 1 to 300 characters"});
  }
  if (request.corrects().empty() != request.correction_reason().empty()) {
    return platform::InvalidField(
        "correction_reason", "REASON_REQUIRED",
        {"Bản đính chính phải nêu công bố bị đính chính và lý do",
         "A correction names the publication it corrects and the reason, or neither"});
  }
  if (platform::TextLength(request.correction_reason()) > 2000) {
    return platform::InvalidField(
        "correction_reason", "TEXT_LENGTH",
        {"Lý do có nhiều nhất 2000 ký tự", "The reason has at most 2000 characters"});
  }
  return absl::OkStatus();
}

// The document by which an earlier publication is corrected.
absl::Status CheckBasis(const Call& call, const v1::PublishRankingRequest& request) {
  if (!request.has_correction_basis()) return absl::OkStatus();
  const v1::LegalBasis& basis = request.correction_basis();
  std::vector<platform::FieldViolation> violations;
  if (request.corrects().empty()) {
    violations.push_back({"correction_basis",
                          "BASIS_NOT_ALLOWED",
                          {"Chỉ bản đính chính mới có văn bản đính chính",
                           "Only a correction rests on a document of correction"}});
  }
  const auto text = [&](const char* field, const std::string& value, size_t least, size_t most) {
    const size_t length = platform::TextLength(value);
    if (length >= least && length <= most) return;
    violations.push_back({std::string("correction_basis.") + field,
                          "TEXT_LENGTH",
                          {absl::StrCat("Phải có từ ", least, " đến ", most, " ký tự"),
                           absl::StrCat("Must have ", least, " to ", most, " characters")}});
  };
  text("number", basis.number(), 1, 100);
  text("issuer", basis.issuer(), 1, 300);
  text("subject", basis.subject(), 0, 1000);
  const auto issued = platform::ParseDate(basis.issue_date(), "correction_basis.issue_date");
  if (!issued.ok()) {
    for (platform::FieldViolation& one : platform::FieldsOf(issued.status())) {
      violations.push_back(std::move(one));
    }
  } else if (*issued > call.business_today()) {
    violations.push_back({"correction_basis.issue_date",
                          "DATE_IN_FUTURE",
                          {"Ngày ban hành ở tương lai", "The day of issue is in the future"}});
  }
  return platform::InvalidFields(std::move(violations));
}

// The id of the publication to correct, none when nothing was published for unit, block and year.
absl::StatusOr<std::optional<std::string>> CheckCorrection(db::Tx& tx, const Head& head,
                                                           const std::string& corrects) {
  ASSIGN_OR_RETURN(const std::optional<PublicationRow> current,
                   Store::Current(tx, head.organiser_id, head.block, head.year));
  if (!current.has_value() && corrects.empty()) return std::nullopt;
  const std::string name = current.has_value() ? platform::NameOf("publications", current->id) : "";
  if (corrects.empty()) {
    return Refused(
        "PUBLICATION_EXISTS",
        "Đã công bố xếp hạng cho khối và năm này; muốn đính chính phải nêu công bố " + name,
        "The ranking of this block and year is published; a correction must name " + name,
        {{"publication", name}});
  }
  ASSIGN_OR_RETURN(const std::string id,
                   platform::IdFromName(corrects, "publications", "corrects"));
  if (!current.has_value() || current->id != id) {
    return Refused("CORRECTS_NOT_CURRENT",
                   "Công bố được nêu không phải công bố hiện hành của khối và năm này",
                   "The publication named is not the current one of this block and year",
                   {{"publication", name}});
  }
  return id;
}

PublicationRow RowOf(const Call& call, const RankingRow& ranking, const Head& head) {
  PublicationRow row;
  row.id = head.publication_id;
  row.ranking_id = ranking.id;
  row.round_id = ranking.round_id;
  row.unit_id = head.organiser_id;
  row.unit_name = head.organiser_name;
  row.plan_id = head.plan_id;
  row.title = head.title;
  row.criteria_set_id = head.criteria_set_id;
  row.criteria_set_version = head.criteria_set_version;
  row.criteria_set_sha256 = head.criteria_set_sha256;
  row.block = head.block;
  row.year = head.year;
  row.publish_date = call.business_today();
  if (!head.corrects.empty()) row.corrects = head.corrects;
  row.correction_reason = head.correction_reason;
  row.correction_basis_number = head.correction_basis.number;
  row.correction_basis_issuer = head.correction_basis.issuer;
  row.correction_basis_subject = head.correction_basis.subject;
  row.published_by = call.principal().subject;
  row.published_at = call.machine_now();
  return row;
}

absl::Status AppendPublished(db::Tx& tx, const Call& call, const PublicationRow& row,
                             const Ranked& ranked) {
  v1::RankingPublished event;
  ToProto(row, ranked, event);
  feed::Draft draft;
  draft.aggregate_type = "publication";
  draft.aggregate_id = row.id;
  draft.unit_id = row.unit_id;
  draft.payload = &event;
  draft.reason = row.correction_reason;
  return feed::Append(tx, call, draft);
}

}  // namespace

absl::Status ComputeInto(db::Tx& tx, const Call& call, const assessments::RoundRow& round,
                         v1::Ranking& answer) {
  ASSIGN_OR_RETURN(std::optional<RankingRow> held, Store::LockRankingOfRound(tx, round.id));
  ASSIGN_OR_RETURN(Basis basis, Gather(tx, round));
  ASSIGN_OR_RETURN(const Ranked ranked, Compute(std::move(basis)));
  RankingRow row;
  ASSIGN_OR_RETURN(row.content, ToBytes(ranked));
  row.id = held.has_value() ? held->id : platform::NewId(call.machine_now());
  row.round_id = round.id;
  row.content_sha256 = platform::Sha256Hex(row.content);
  if (held.has_value()) row.publication_id = held->publication_id;
  row.computed_at = call.machine_now();
  row.row_version = held.has_value() ? held->row_version + 1 : 1;
  RETURN_IF_ERROR(held.has_value() ? Store::UpdateRanking(tx, row) : Store::InsertRanking(tx, row));
  ToProto(row, ranked, answer);
  v1::RankingComputed event;
  event.set_ranking_id(row.id);
  event.set_round_id(round.id);
  event.set_content_sha256(row.content_sha256);
  event.set_ranked_units(RankedCount(ranked));
  event.set_unranked_units(static_cast<int>(ranked.standings.size()) - RankedCount(ranked));
  feed::Draft draft;
  draft.aggregate_type = "ranking";
  draft.aggregate_id = row.id;
  draft.aggregate_version = row.row_version;
  draft.unit_id = round.unit_id;
  draft.payload = &event;
  return feed::Append(tx, call, draft);
}

absl::Status Publish(db::Tx& tx, const Call& call, const std::string& ranking_id,
                     const v1::PublishRankingRequest& request, v1::Publication& answer) {
  RETURN_IF_ERROR(CheckTexts(request));
  RETURN_IF_ERROR(CheckBasis(call, request));
  ASSIGN_OR_RETURN(std::optional<RankingRow> ranking, Store::LockRanking(tx, ranking_id));
  if (!ranking.has_value()) return platform::Internal("a ranking is gone");
  RETURN_IF_ERROR(platform::CheckEtag(request.etag(), ranking->row_version));
  ASSIGN_OR_RETURN(const std::optional<assessments::RoundRow> round,
                   assessments::Store::GetRound(tx, ranking->round_id));
  if (!round.has_value()) return platform::Internal("a ranking without its round");
  ASSIGN_OR_RETURN(Basis basis, Gather(tx, *round));
  ASSIGN_OR_RETURN(Ranked ranked, Compute(std::move(basis)));
  ASSIGN_OR_RETURN(const std::string now, ToBytes(ranked));
  if (platform::Sha256Hex(now) != ranking->content_sha256) {
    return Refused("RANKING_STALE", "Số liệu đã thay đổi sau khi tính xếp hạng; hãy tính lại",
                   "What the ranking rests on has changed since; compute it again",
                   {{"legal_moves", "ComputeRanking"}});
  }
  if (RankedCount(ranked) == 0) {
    return Refused("NOTHING_RANKED", "Chưa có đơn vị nào được xếp hạng", "No unit is ranked");
  }
  Head& head = ranked.basis.head;
  ASSIGN_OR_RETURN(const std::optional<std::string> corrected,
                   CheckCorrection(tx, head, request.corrects()));
  head.publication_id = platform::NewId(call.machine_now());
  head.title = request.title();
  head.publish_date = platform::FormatDate(call.business_today());
  head.corrects = corrected.value_or("");
  head.correction_reason = request.correction_reason();
  if (request.has_correction_basis()) {
    const v1::LegalBasis& basis = request.correction_basis();
    head.correction_basis = {basis.number(), basis.issue_date(), basis.issuer(), basis.subject()};
  }
  ASSIGN_OR_RETURN(const std::string snapshot, ToBytes(ranked));
  PublicationRow row = RowOf(call, *ranking, head);
  ASSIGN_OR_RETURN(row.as_of, platform::ParseDate(head.as_of, "as_of"));
  if (!head.correction_basis.issue_date.empty()) {
    ASSIGN_OR_RETURN(row.correction_basis_date,
                     platform::ParseDate(head.correction_basis.issue_date, "issue_date"));
  }
  row.snapshot_sha256 = platform::Sha256Hex(snapshot);
  row.snapshot_size = static_cast<int64_t>(snapshot.size());
  if (corrected.has_value()) RETURN_IF_ERROR(Store::SetCorrectedBy(tx, *corrected, row.id));
  RETURN_IF_ERROR(Store::Insert(tx, row, snapshot));
  ranking->publication_id = row.id;
  ++ranking->row_version;
  RETURN_IF_ERROR(Store::UpdateRanking(tx, *ranking));
  ToProto(row, ranked, answer);
  return AppendPublished(tx, call, row, ranked);
}

absl::StatusOr<Published> LoadPublished(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<PublicationRow> row, Store::Get(session, id));
  if (!row.has_value()) return NoSuchPublication(platform::NameOf("publications", id));
  ASSIGN_OR_RETURN(std::string snapshot, Store::Snapshot(session, id));
  ASSIGN_OR_RETURN(Basis basis, BasisOf(snapshot));
  ASSIGN_OR_RETURN(Ranked ranked, Compute(std::move(basis)));
  return Published{*std::move(row), std::move(snapshot), std::move(ranked)};
}

absl::Status NoSuchPublication(const std::string& name) {
  return platform::NotFound("PUBLICATION_NOT_FOUND",
                            {"Không có công bố này", "There is no such publication"},
                            {{"name", name}});
}

absl::StatusOr<std::string> Replay(std::string_view snapshot) {
  ASSIGN_OR_RETURN(Basis basis, BasisOf(snapshot));
  ASSIGN_OR_RETURN(const Ranked ranked, Compute(std::move(basis)));
  return ToBytes(ranked);
}

}  // namespace thidua::scoring::rankings
