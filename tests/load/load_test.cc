// What the whole does in a second and how long calls take, each set against something simpler in
// the same run: `tests/run load` prints a table for README.md. Nothing here judges.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chaos/caller.h"
#include "chaos/database.h"
#include "chaos/latency.h"
#include "chaos/memory.h"
#include "chaos/rest_client.h"
#include "chaos/settings.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "thidua/campaign/v1/access_service.grpc.pb.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"

namespace thidua::load {
namespace {

using chaos::MedianOf;

constexpr int kRows = 50000;
constexpr int kRowsInChunk = 500;
constexpr int kCalls = 300;
// Below the limit of 200 a second for what needs no token.
constexpr absl::Duration kPace = absl::Milliseconds(7);

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

class Load : public ::testing::Test {
 protected:
  static e2e::Stack& stack() { return e2e::Stack::WithDemo(); }

  Load()
      : token_(stack().TokenOfEveryRight("person:00000000000000000000000007", "*")),
        publication_(stack().Publication()["name"].get<std::string>()),
        rest_("https://localhost:" + std::to_string(stack().port(43)),
              stack().var() + "/tls/ca.crt", absl::Seconds(10)) {
    grpc::SslCredentialsOptions ssl;
    ssl.pem_root_certs = ReadFile(stack().var() + "/tls/ca.crt");
    channel_ = grpc::CreateChannel("localhost:" + std::to_string(stack().port(43)),
                                   grpc::SslCredentials(ssl));
    campaign_ = campaign::v1::AccessService::NewStub(channel_);
    rankings_ = scoring::v1::RankingService::NewStub(channel_);
    dossiers_ = scoring::v1::DossierService::NewStub(channel_);
  }

  void Authorise(grpc::ClientContext* context) const {
    context->AddMetadata("authorization", "Bearer " + token_);
  }

  static scoring::v1::DossierRow Row(const std::string& code, int number) {
    static constexpr const char* kUnits[] = {"H00.20.11", "H00.20.12", "H00.20.13", "H00.20.14"};
    scoring::v1::DossierRow row;
    row.set_dossier_code(code);
    row.set_unit_code(kUnits[number % 4]);
    row.set_procedure_code(absl::StrCat("1.", 100000 + number % 40));
    row.set_channel(scoring::v1::DOSSIER_CHANNEL_ONLINE);
    row.set_status(scoring::v1::DOSSIER_STATUS_RETURNED);
    row.set_received_date("2023-03-01");
    row.set_due_date("2023-03-10");
    row.set_finished_date("2023-03-08");
    row.mutable_event_time()->set_seconds(1678240000 + number);
    return row;
  }

  // Pushes kRows new dossiers over one stream; how long until the last was acknowledged. Chunks are
  // sent as the stream takes them, not one by one after each ack.
  absl::Duration Push(int run) {
    std::vector<scoring::v1::PushDossiersRequest> chunks(kRows / kRowsInChunk);
    for (size_t c = 0; c < chunks.size(); ++c) {
      chunks[c].mutable_chunk()->set_sequence(static_cast<int64_t>(c));
      for (int i = 0; i < kRowsInChunk; ++i) {
        const int number = static_cast<int>(c) * kRowsInChunk + i;
        *chunks[c].mutable_chunk()->add_rows() =
            Row(absl::StrCat("load", run, "-", number), number);
      }
    }
    grpc::ClientContext context;
    Authorise(&context);
    const auto stream = dossiers_->PushDossiers(&context);
    scoring::v1::PushDossiersRequest header;
    header.mutable_header()->set_import_id(
        absl::StrCat("load-", absl::ToUnixMillis(absl::Now()), "-", run));
    scoring::v1::PushDossiersResponse answer;
    EXPECT_TRUE(stream->Write(header) && stream->Read(&answer));
    const absl::Time start = absl::Now();
    std::thread writer([&] {
      for (const auto& chunk : chunks) {
        if (!stream->Write(chunk)) break;
      }
      stream->WritesDone();
    });
    int accepted = 0;
    for (size_t c = 0; c < chunks.size() && stream->Read(&answer); ++c)
      accepted += answer.ack().accepted();
    const absl::Duration took = absl::Now() - start;
    writer.join();
    while (stream->Read(&answer)) {
    }
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(accepted, kRows);
    return took;
  }

  // The rows that the table now holds, put into it by LOAD DATA INFILE after it was emptied.
  absl::Duration LoadData() {
    const std::string file = stack().var() + "/mariadb/load.txt";
    chaos::Sql(stack(), "SELECT * INTO OUTFILE '" + file +
                            "' CHARACTER SET binary FROM thidua_scoring.dossiers");
    chaos::Sql(stack(), "TRUNCATE thidua_scoring.dossiers");
    const absl::Time start = absl::Now();
    chaos::Sql(stack(), "LOAD DATA INFILE '" + file +
                            "' INTO TABLE thidua_scoring.dossiers CHARACTER SET binary");
    const absl::Duration took = absl::Now() - start;
    EXPECT_EQ(chaos::Sql(stack(), "SELECT COUNT(*) FROM thidua_scoring.dossiers"),
              std::to_string(kRows));
    std::remove(file.c_str());
    return took;
  }

  const std::string token_;
  const std::string publication_;
  chaos::RestClient rest_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<campaign::v1::AccessService::Stub> campaign_;
  std::unique_ptr<scoring::v1::RankingService::Stub> rankings_;
  std::unique_ptr<scoring::v1::DossierService::Stub> dossiers_;
};

TEST_F(Load, MemoryAtRest) {
  int64_t sum = 0;
  std::string each;
  for (const auto& [name, kb] : chaos::SettledKb(stack())) {
    sum += kb;
    each += (each.empty() ? "" : " + ") + name + " " + std::to_string(kb / 1024);
  }
  std::printf(
      "| memory at rest after the demo, without MariaDB (VmRSS; nginx with its workers) | %s = "
      "%lld MB |\n",
      each.c_str(), static_cast<long long>(sum / 1024));
}

TEST_F(Load, CallsAgainstAnEmptyOne) {
  struct Kind {
    const char* what;
    bool rest;
    std::function<absl::Status()> call;
    std::vector<double> p50, p99, p50_ratio, p99_ratio;
  };
  int number = 0;
  const std::string stamp = std::to_string(absl::ToUnixMillis(absl::Now()));
  std::vector<Kind> kinds;
  // The cheapest rpc there is: an answer kept ready, no database, no rights.
  kinds.push_back({"GetJwks (nothing to do)",
                   false,
                   [&] {
                     grpc::ClientContext context;
                     campaign::v1::GetJwksRequest request;
                     google::api::HttpBody answer;
                     return FromGrpc(campaign_->GetJwks(&context, request, &answer));
                   },
                   {},
                   {},
                   {},
                   {}});
  kinds.push_back({"GetPublication (a ranking)",
                   false,
                   [&] {
                     grpc::ClientContext context;
                     scoring::v1::GetPublicationRequest request;
                     request.set_name(publication_);
                     scoring::v1::Publication answer;
                     return FromGrpc(rankings_->GetPublication(&context, request, &answer));
                   },
                   {},
                   {},
                   {},
                   {}});
  kinds.push_back({"BatchPushDossiers, one row (a write)",
                   false,
                   [&] {
                     grpc::ClientContext context;
                     Authorise(&context);
                     scoring::v1::BatchPushDossiersRequest request;
                     const std::string code = absl::StrCat("call", stamp, "-", ++number);
                     *request.add_rows() = Row(code, number);
                     request.set_request_id(code);
                     scoring::v1::BatchPushDossiersResponse answer;
                     return FromGrpc(dossiers_->BatchPushDossiers(&context, request, &answer));
                   },
                   {},
                   {},
                   {},
                   {}});
  kinds.push_back({"GetJwks (nothing to do)",
                   true,
                   [&] { return rest_.Call("/v1/oauth/jwks"); },
                   {},
                   {},
                   {},
                   {}});
  kinds.push_back({"GetPublication (a ranking)",
                   true,
                   [&] { return rest_.Call("/v1/" + publication_); },
                   {},
                   {},
                   {},
                   {}});
  kinds.push_back({"BatchPushDossiers, one row (a write)",
                   true,
                   [&] {
                     const std::string code = absl::StrCat("call", stamp, "-", ++number);
                     const e2e::json body = {{"rows",
                                              {{{"dossier_code", code},
                                                {"unit_code", "H00.20.11"},
                                                {"procedure_code", "1.100001"},
                                                {"channel", "DOSSIER_CHANNEL_ONLINE"},
                                                {"status", "DOSSIER_STATUS_RETURNED"},
                                                {"received_date", "2023-03-01"},
                                                {"due_date", "2023-03-10"},
                                                {"finished_date", "2023-03-08"},
                                                {"event_time", "2023-03-08T08:00:00Z"}}}},
                                             {"request_id", code}};
                     return rest_.Call("/v1/dossiers:batch", token_, body.dump());
                   },
                   {},
                   {},
                   {},
                   {}});
  for (Kind& kind : kinds) chaos::Measure(50, kPace, kind.call);  // warm
  for (int run = 0; run < chaos::Rounds(5); ++run) {
    double empty50 = 0, empty99 = 0;
    for (Kind& kind : kinds) {
      const chaos::Latency latency = chaos::Measure(kCalls, kPace, kind.call);
      EXPECT_EQ(latency.failed, 0) << kind.what << (kind.rest ? " by REST" : " by gRPC");
      const double p50 = absl::ToDoubleMilliseconds(latency.p50);
      const double p99 = absl::ToDoubleMilliseconds(latency.p99);
      if (std::string(kind.what).rfind("GetJwks", 0) == 0) empty50 = p50, empty99 = p99;
      kind.p50.push_back(p50);
      kind.p99.push_back(p99);
      kind.p50_ratio.push_back(p50 / empty50);
      kind.p99_ratio.push_back(p99 / empty99);
    }
  }
  for (Kind& kind : kinds) {
    std::printf(
        "| %s by %s, through nginx | p50 %.2f ms, p99 %.2f ms; ÷ the empty call: %.1f, %.1f |\n",
        kind.what, kind.rest ? "REST" : "gRPC", MedianOf(kind.p50), MedianOf(kind.p99),
        MedianOf(kind.p50_ratio), MedianOf(kind.p99_ratio));
  }
}

// LOAD DATA fills the table alone: history, summary by day, event and audit row are not in it.
TEST_F(Load, RowsPushedAgainstLoadData) {
  std::vector<double> pushed, loaded, ratios;
  for (int run = 0; run < chaos::Rounds(5); ++run) {
    chaos::Sql(stack(), "TRUNCATE thidua_scoring.dossiers");
    const double push = kRows / absl::ToDoubleSeconds(Push(run));
    const double load = kRows / absl::ToDoubleSeconds(LoadData());
    pushed.push_back(push);
    loaded.push_back(load);
    ratios.push_back(push / load);
  }
  std::printf(
      "| rows pushed durably over the gRPC stream through nginx ÷ LOAD DATA INFILE of the same "
      "rows "
      "into the same table (history, summary, events not in it) | %.0f ÷ %.0f rows/s = %.2f "
      "|\n",
      MedianOf(pushed), MedianOf(loaded), MedianOf(ratios));
}

}  // namespace
}  // namespace thidua::load
