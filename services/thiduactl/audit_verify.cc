// thiduactl audit verify: the log of each service against its hashes, its signed heads and the
// copies of heads kept outside the database.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

#include "absl/flags/flag.h"
#include "google/protobuf/util/json_util.h"
#include "platform/clock.h"
#include "platform/feed/verify.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "thiduactl/commands.h"

ABSL_FLAG(std::string, tree_heads, "",
          "audit verify: folder with <service>/tree_heads.jsonl; default: THIDUA_VAR/files");

namespace thidua::ctl {
namespace {

// The copies of a service's tree heads kept outside its database. A local run keeps them in its own
// folder; where none are, nothing is returned, unless a folder was named: then they must be there.
absl::StatusOr<std::optional<feed::TreeHeadFile>> OutsideCopies(const std::string& service) {
  std::string folder = absl::GetFlag(FLAGS_tree_heads);
  const bool named = !folder.empty();
  if (!named) {
    const char* var = std::getenv("THIDUA_VAR");
    folder = std::string(var == nullptr ? "var" : var) + "/files";
  }
  const std::string file = folder + "/" + service + "/tree_heads.jsonl";
  if (!named && !std::filesystem::exists(file)) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  return feed::ParseTreeHeadFile(text);
}

absl::StatusOr<feed::AuditReport> Verify(Session& session, const std::string& service,
                                         feed::TreeHeadFile copy, platform::TokenVerifier& keys) {
  feed::LogVerifier verifier(std::move(copy), [&](std::string_view key_id, std::string_view bytes,
                                                  std::string_view signature) {
    return keys.VerifyBytes(key_id, bytes, signature);
  });
  ASSIGN_OR_RETURN(const std::string token, session.Token());
  RETURN_IF_ERROR(session.client().ServerStream(
      service + ".v1.AuditService/ExportAuditLog", json::object(), token, [&](const json& message) {
        common::v1::AuditLogItem item;
        const auto parsed = google::protobuf::util::JsonStringToMessage(message.dump(), &item);
        if (!parsed.ok()) return absl::InternalError(parsed.ToString());
        verifier.Add(item);
        return absl::OkStatus();
      }));
  return verifier.Finish();
}

}  // namespace

absl::Status AuditVerify(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() > 1) return WrongArguments("audit verify [DỊCH_VỤ]");
  std::vector<std::string> services = {"campaign", "scoring", "awards", "notify"};
  if (rest.size() == 1) services = rest;
  const platform::SystemClock clock;
  ASSIGN_OR_RETURN(const auto keys, platform::TokenVerifier::FromFile(
                                        session.options().keys_directory + "/trusted.jwks", clock));
  json all = json::array();
  int64_t findings = 0;
  for (const std::string& service : services) {
    ASSIGN_OR_RETURN(auto copies, OutsideCopies(service));
    const bool outside_copies = copies.has_value();
    ASSIGN_OR_RETURN(
        const feed::AuditReport report,
        Verify(session, service, std::move(copies).value_or(feed::TreeHeadFile{}), *keys));
    findings += report.findings_in_all;
    json row = {{"service", service},
                {"entries", report.entries},
                {"heads", report.heads},
                {"outside_copies", outside_copies},
                {"proved_size", report.proved_size},
                {"proved_root", report.proved_root},
                {"findings", json::array()}};
    for (const feed::Finding& finding : report.findings) {
      row["findings"].push_back({{"kind", std::string(feed::FindingName(finding.kind))},
                                 {"first", finding.first},
                                 {"last", finding.last},
                                 {"text_vi", feed::Describe(finding).vi}});
    }
    all.push_back(row);
  }
  RETURN_IF_ERROR(Show(session, all, [](const json& rows) {
    for (const json& row : rows) {
      std::cout << row["service"].get<std::string>() << ": " << row["entries"] << " mục, "
                << row["heads"] << " gốc đã ký, chứng minh được " << row["proved_size"]
                << " mục đầu" << (row["findings"].empty() ? ": NGUYÊN VẸN" : "") << "\n";
      if (!row["outside_copies"].get<bool>()) {
        std::cout << "  CHÚ Ý: không có bản sao gốc đã ký giữ ngoài cơ sở dữ liệu (--tree_heads); "
                     "nếu nhật ký và gốc bị sửa cùng lúc thì không phát hiện được\n";
      }
      for (const json& finding : row["findings"]) {
        std::cout << "  [" << finding["kind"].get<std::string>() << "] "
                  << finding["text_vi"].get<std::string>() << "\n";
      }
    }
  }));
  if (findings == 0) return absl::OkStatus();
  const std::string count = std::to_string(findings);
  return platform::FailedPrecondition(
      "AUDIT_LOG_DAMAGED",
      {"nhật ký có " + count + " chỗ không khớp", "the audit log has " + count + " findings"});
}

}  // namespace thidua::ctl
