// Dossiers of a year, pushed by the district's system.
#include <unistd.h>

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/dossier_generator.h"
#include "thiduactl/demo/stage.h"
#include "thiduactl/dossier_file.h"

ABSL_FLAG(int, dossiers, 100000, "demo: dossiers pushed over two years, a multiple of 200");

namespace thidua::ctl::demo {
namespace {

// The district's system with the right to push for its communes, rooms and branch.
absl::StatusOr<std::string> DistrictSystemToken(Stage& stage) {
  ASSIGN_OR_RETURN(json made,
                   stage.Act("client", "", "campaign.v1.AccessService/CreateClient",
                             {{"client",
                               {{"title", "Hệ thống một cửa điện tử huyện Krông Nô (trình diễn)"},
                                {"unit", stage.Unit("H00.20")}}}}));
  const std::string name = made["client"]["name"].get<std::string>();
  const std::string id = name.substr(name.find('/') + 1);
  RETURN_IF_ERROR(stage
                      .Act("client-role", "", "campaign.v1.AccessService/CreateRoleBinding",
                           {{"role_binding",
                             {{"role", "roles/DATA_SYSTEM"},
                              {"principal", name},
                              {"unit", stage.Unit("H00.20")},
                              {"valid_from", "2022-10-10"}}}})
                      .status());
  if (made["secret"].get<std::string>().empty()) {
    // A secret is shown once; a repeated run asks for a new one.
    ASSIGN_OR_RETURN(const json clients, stage.Read("", "campaign.v1.AccessService/ListClients",
                                                    {{"page_size", 1000}}));
    for (const json& client : clients["clients"]) {
      if (client["name"] != name) continue;
      ASSIGN_OR_RETURN(made, stage.Act("rotate-" + std::to_string(absl::ToUnixMicros(absl::Now())),
                                       "", "campaign.v1.AccessService/RotateClientSecret",
                                       {{"name", name}, {"etag", client["etag"]}}));
    }
  }
  return stage.session().ClientToken(id, made["secret"].get<std::string>());
}

std::string Counts(const json& summary) {
  return "nhận " + summary["accepted"].get<std::string>() + ", không đổi " +
         summary["unchanged"].get<std::string>() + ", từ chối " +
         summary["refused"].get<std::string>();
}

// "12500" → "12.500".
std::string Grouped(size_t number) {
  std::string text = std::to_string(number);
  for (int place = static_cast<int>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(place, ".");
  }
  return text;
}

class Pusher {
 public:
  Pusher(Stage& stage, std::string token) : stage_(stage), token_(std::move(token)) {}

  absl::StatusOr<json> Push(const std::string& import_id, const std::vector<json>& rows) {
    const bool bar = ::isatty(STDERR_FILENO) == 1;
    // A minute's work; the token lives longer.
    absl::StatusOr<json> summary = PushDossiers(
        stage_.session().client(),
        [&](const std::string&) -> absl::StatusOr<std::string> { return token_; }, import_id, rows,
        [&](size_t done, const json&) {
          if (bar) std::fprintf(stderr, "\r   %zu/%zu", done, rows.size());
        });
    if (bar) std::fprintf(stderr, "\r");
    return summary;
  }

 private:
  Stage& stage_;
  const std::string token_;
};

}  // namespace

absl::Status PushDossiersOf(Stage& stage, int year, bool twice) {
  const int total = absl::GetFlag(FLAGS_dossiers) / 2;
  if (total <= 0 || total % kDossierWeights != 0) {
    return absl::InvalidArgumentError("--dossiers: một bội số dương của 200");
  }
  ASSIGN_OR_RETURN(const std::string token, DistrictSystemToken(stage));
  const std::vector<json> rows = DossiersOfYear(year, total);
  stage.Say(absl::StrCat(Grouped(rows.size()), " hồ sơ TTHC năm ", year, " qua luồng gRPC"));
  Pusher pusher(stage, token);
  ASSIGN_OR_RETURN(const json first, pusher.Push(absl::StrCat("demo-", year), rows));
  stage.Say("lần một: " + Counts(first));
  const std::string all = std::to_string(rows.size());
  if (first["accepted"] != all) return absl::InternalError("có hồ sơ không được nhận");
  if (!twice) return absl::OkStatus();
  ASSIGN_OR_RETURN(const json again, pusher.Push(absl::StrCat("demo-", year, "-lai"), rows));
  stage.Say("đẩy lại tất cả: " + Counts(again));
  if (again["accepted"] != "0" || again["unchanged"] != all) {
    return absl::InternalError("đẩy lại đã làm thay đổi dữ liệu");
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
