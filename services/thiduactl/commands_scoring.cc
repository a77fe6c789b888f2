// thiduactl dossiers, rankings.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "absl/flags/flag.h"
#include "platform/hash.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/dossier_file.h"
#include "thiduactl/paging.h"

ABSL_FLAG(std::string, import_id, "",
          "dossiers push: name of the import; default: from the file's SHA-256, numbered "
          "on while rows of it were refused");
ABSL_FLAG(bool, validate_only, false, "imports and dossiers push: check the rows, keep nothing");

namespace thidua::ctl {
namespace {

std::string Text(const json& value, const char* key) { return value.value(key, std::string()); }

// The unit resource name that carries a code today.
absl::StatusOr<std::string> UnitByCode(Session& session, const std::string& code) {
  ASSIGN_OR_RETURN(const json units,
                   session.Call("campaign.v1.DirectoryService/ListUnits", {{"code", code}}));
  if (units["units"].empty()) {
    return platform::NotFound(
        "UNKNOWN_UNIT", {"không có đơn vị mang mã " + code, "no unit carries the code " + code});
  }
  return units["units"][0]["name"].get<std::string>();
}

// --import_id, or a name that the file's content gives and that does not hold up rows that were
// refused before.
absl::StatusOr<std::string> ImportName(Session& session, const std::string& token,
                                       const std::string& bytes) {
  const std::string asked = absl::GetFlag(FLAGS_import_id);
  if (!asked.empty()) return asked;
  const std::string name = "csv-" + platform::Sha256Hex(bytes).substr(0, 24);
  ASSIGN_OR_RETURN(const std::string chosen, ImportToSend(session.client(), token, name));
  if (chosen != name && !session.options().json) {
    std::fprintf(stderr,
                 "Lần trước tệp này còn dòng bị từ chối; gửi lại cả tệp trong đợt mới %s, dòng đã "
                 "nhận thì giữ nguyên.\n",
                 chosen.c_str());
  }
  return chosen;
}

}  // namespace

absl::Status DossiersPush(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("dossiers push TỆP.csv");
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(rest[0]));
  ASSIGN_OR_RETURN(const std::vector<json> rows, ParseDossierCsv(bytes));
  ASSIGN_OR_RETURN(const std::string token, session.Token());
  const auto tokens = [&](const std::string& expired) { return session.Token(expired); };
  const bool bar = !session.options().json && ::isatty(STDERR_FILENO) == 1;
  const bool check_only = absl::GetFlag(FLAGS_validate_only);
  json refusals = json::array();
  bool sent = false;
  const auto progress = [&](size_t done, const json& ack) {
    sent = true;
    for (const json& error : ack.value("errors", json::array())) {
      refusals.push_back(error);
      if (session.options().json) continue;
      std::fprintf(stderr, "%s  %s: [%s] %s\n", bar ? "\r\033[K" : "",
                   Text(error, "dossier_code").c_str(), Text(error, "reason").c_str(),
                   Text(error, "text_vi").c_str());
    }
    if (!bar) return;
    const size_t width = rows.empty() ? 40 : 40 * done / rows.size();
    std::fprintf(stderr, "\r[%-40s] %zu/%zu", std::string(width, '#').c_str(), done, rows.size());
  };
  std::string import_id;
  if (!check_only) {
    ASSIGN_OR_RETURN(import_id, ImportName(session, token, bytes));
  }
  absl::StatusOr<json> answer =
      check_only ? ValidateDossiers(session.client(), token, rows, progress)
                 : PushDossiers(session.client(), tokens, import_id, rows, progress);
  if (bar) std::fprintf(stderr, "\n");
  if (!answer.ok()) return answer.status();
  json summary = *std::move(answer);
  // Those of the chunks that this run sent, at most 100 of each.
  summary["errors"] = refusals;
  if (check_only) {
    RETURN_IF_ERROR(Show(session, summary, [](const json& value) {
      std::cout << "Chỉ kiểm tra: nhận " << value["accepted"] << ", không đổi "
                << value["unchanged"] << ", cũ hơn " << value["superseded"] << ", từ chối "
                << value["refused"] << "\n";
    }));
    if (summary["refused"] == 0) return absl::OkStatus();
    return platform::InvalidField("rows", "ROWS_REFUSED",
                                  {"có dòng sẽ bị từ chối", "some rows would be refused"});
  }
  RETURN_IF_ERROR(Show(session, summary, [&](const json& value) {
    if (!sent) std::cout << "Đợt này đã gửi trọn từ trước, lần này không gửi dòng nào.\n";
    std::cout << "Đợt " << Text(value, "import_id") << ": nhận " << Text(value, "accepted")
              << ", không đổi " << Text(value, "unchanged") << ", cũ hơn "
              << Text(value, "superseded") << ", từ chối " << Text(value, "refused") << "\n";
  }));
  // Whoever pushes from a timer must see it without reading the text.
  if (Text(summary, "refused") == "0") return absl::OkStatus();
  return platform::InvalidField("rows", "ROWS_REFUSED",
                                {"có dòng bị từ chối, các dòng khác đã được nhận",
                                 "some rows were refused, the others were taken"});
}

absl::Status RankingsList(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("rankings list");
  ASSIGN_OR_RETURN(const json all, ListAll(session, "scoring.v1.RankingService/ListPublications",
                                           "publications", json::object()));
  return Show(session, all, [](const json& publications) {
    for (const json& publication : publications) {
      std::cout << Text(publication, "name") << "  " << Text(publication, "title")
                << "\n    công bố " << Text(publication, "publish_date") << ", SHA-256 "
                << Text(publication, "snapshot_sha256") << "\n";
    }
  });
}

absl::Status RankingsShow(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("rankings show publications/ID");
  ASSIGN_OR_RETURN(const json publication,
                   session.Call("scoring.v1.RankingService/GetPublication", {{"name", rest[0]}}));
  return Show(session, publication, [](const json& value) {
    std::cout << Text(value, "title") << " — công bố " << Text(value, "publish_date") << "\n";
    for (const json& entry : value["entries"]) {
      std::printf("  %3s  %-34s %8s / %-8s %7s%%  %s\n",
                  entry["rank"] == 0 ? "–" : std::to_string(entry["rank"].get<int>()).c_str(),
                  Text(entry, "unit_name").c_str(), Text(entry, "points").c_str(),
                  Text(entry, "applicable_max_points").c_str(),
                  Text(entry, "index_percent").c_str(), Text(entry, "band").c_str());
    }
    std::cout << "  SHA-256 " << Text(value, "snapshot_sha256") << "\n";
  });
}

absl::Status RankingsWhy(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 2) return WrongArguments("rankings why publications/ID MÃ_ĐƠN_VỊ");
  ASSIGN_OR_RETURN(const std::string unit, UnitByCode(session, rest[1]));
  ASSIGN_OR_RETURN(const json why, session.Call("scoring.v1.RankingService/ExplainRank",
                                                {{"publication", rest[0]}, {"unit", unit}}));
  return Show(session, why, [](const json& value) {
    for (const json& line : value["lines_vi"]) std::cout << line.get<std::string>() << "\n";
  });
}

absl::Status RankingsReplay(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("rankings replay publications/ID");
  ASSIGN_OR_RETURN(const json replay,
                   session.Call("scoring.v1.RankingService/ReplayRanking", {{"name", rest[0]}}));
  RETURN_IF_ERROR(Show(session, replay, [](const json& value) {
    std::cout << "công bố  " << Text(value, "published_sha256") << "\ntính lại "
              << Text(value, "recomputed_sha256") << "\n"
              << value["units"] << " đơn vị, " << value["leaf_scores"] << " điểm thành phần"
              << (value["published_sha256"] == value["recomputed_sha256"] ? ": khớp\n" : "\n");
  }));
  if (replay["published_sha256"] == replay["recomputed_sha256"]) return absl::OkStatus();
  return platform::FailedPrecondition(
      "REPLAY_DIFFERS",
      {"tính lại ra kết quả khác bản công bố", "the replay differs from what was published"});
}

}  // namespace thidua::ctl
