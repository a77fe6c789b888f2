#include "scoring/assessments/store_explanations.h"

#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::scoring::assessments {

absl::StatusOr<std::vector<ExplanationRow>> ExplanationStore::Of(db::Session& session,
                                                                 const std::string& assessment_id) {
  ASSIGN_OR_RETURN(
      std::vector<ExplanationRow> rows,
      session.QueryAll<ExplanationRow>(
          [](const db::Row& row) {
            ExplanationRow read;
            read.what = {row.Get<int32_t>(0), row.Get<std::string>(1), row.Get<int32_t>(2)};
            read.text = row.Get<std::string>(3);
            read.actor = row.Get<std::string>(4);
            read.created_at = row.Get<absl::Time>(5);
            read.business_date = row.Get<absl::CivilDay>(6);
            return read;
          },
          "SELECT item, criterion_code, about_entry, content, actor, created_at, business_date "
          "FROM explanations WHERE assessment_id = ? ORDER BY item",
          assessment_id));
  if (rows.empty()) return rows;
  size_t at = 0;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) -> absl::Status {
        const int32_t item = row.Get<int32_t>(0);
        while (at < rows.size() && rows[at].what.item < item) ++at;
        if (at == rows.size() || rows[at].what.item != item) {
          return platform::Internal("evidence of an explanation that is not there");
        }
        rows[at].evidence.push_back({row.Get<std::string>(1), row.Get<std::string>(2),
                                     row.Get<std::string>(3), row.Get<std::string>(4)});
        return absl::OkStatus();
      },
      "SELECT item, file_id, file_name, pages, sha256 FROM explanation_evidence "
      "WHERE assessment_id = ? ORDER BY item, number",
      assessment_id));
  return rows;
}

absl::Status ExplanationStore::Insert(db::Tx& tx, const std::string& assessment_id,
                                      const std::vector<ExplanationRow>& rows) {
  for (const ExplanationRow& row : rows) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO explanations (assessment_id, item, criterion_code, about_entry, "
                   "content, actor, created_at, business_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   assessment_id, row.what.item, row.what.criterion, row.what.about, row.text,
                   row.actor, row.created_at, row.business_date)
            .status());
    for (size_t i = 0; i < row.evidence.size(); ++i) {
      const EvidenceRow& evidence = row.evidence[i];
      RETURN_IF_ERROR(
          tx.Execute("INSERT INTO explanation_evidence (assessment_id, item, number, file_id, "
                     "file_name, pages, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     assessment_id, row.what.item, i + 1, evidence.file_id, evidence.file_name,
                     evidence.pages, evidence.sha256)
              .status());
    }
  }
  return absl::OkStatus();
}

}  // namespace thidua::scoring::assessments
