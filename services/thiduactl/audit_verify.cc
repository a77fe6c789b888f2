// thiduactl audit verify: the log of each service against its hashes, its signed heads and the
// copies of heads kept outside the database.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "google/protobuf/util/json_util.h"
#include "platform/clock.h"
#include "platform/feed/verify.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "thiduactl/commands.h"

namespace thidua::ctl {
namespace {

// Where a local run of the service keeps the copies of its tree heads.
std::string CopyOf(const std::string& service) {
  const char* var = std::getenv("THIDUA_VAR");
  return std::string(var == nullptr ? "var" : var) + "/files/" + service + "/tree_heads.jsonl";
}

absl::StatusOr<feed::AuditReport> Verify(Session& session, const std::string& service,
                                         platform::TokenVerifier& keys) {
  feed::TreeHeadFile copy;
  if (std::filesystem::exists(CopyOf(service))) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(CopyOf(service)));
    copy = feed::ParseTreeHeadFile(text);
  }
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
    ASSIGN_OR_RETURN(const feed::AuditReport report, Verify(session, service, *keys));
    findings += report.findings_in_all;
    json row = {{"service", service},
                {"entries", report.entries},
                {"heads", report.heads},
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
