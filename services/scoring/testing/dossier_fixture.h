// DossierService with units of a district, and dossiers to push.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/feed/append.h"
#include "platform/feed/services.h"
#include "platform/timestamp.h"
#include "support/raw_call.h"
#include "support/scoring_fixture.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"

namespace thidua::scoring::dossiers {

using test::Reason;

inline constexpr int kRows = 5000;
inline constexpr int kChunk = 500;

// Deterministic dossiers of 2023 with every kind in them.
inline v1::DossierRow Row(int i) {
  v1::DossierRow row;
  const absl::CivilDay received = absl::CivilDay(2023, 1, 2) + i % 330;
  row.set_dossier_code(absl::StrCat("H00.9.", i % 5 + 1, "-23", 1000 + i, "-", 10000 + i,
                                    "-synthetic-dossier-of-the-test"));
  row.set_unit_code(absl::StrCat("H00.9.", i % 5 + 1));
  row.set_procedure_code(absl::StrCat("1.00", 1000 + i % 7, ".000.00.00.H00"));
  row.set_channel(static_cast<v1::DossierChannel>(i % 3 + 1));
  row.set_received_date(absl::FormatCivilTime(received));
  if (i % 11 != 0) row.set_due_date(absl::FormatCivilTime(received + 10));
  if (i % 13 == 0) {
    row.set_status(v1::DOSSIER_STATUS_PROCESSING);
  } else if (i % 17 == 0) {
    row.set_status(v1::DOSSIER_STATUS_WITHDRAWN);
  } else {
    row.set_status(i % 2 == 0 ? v1::DOSSIER_STATUS_FINISHED : v1::DOSSIER_STATUS_RETURNED);
    row.set_finished_date(absl::FormatCivilTime(received + 8 + i % 4));
  }
  *row.mutable_event_time() =
      platform::ToTimestamp(absl::FromCivil(absl::CivilSecond(received + 20), absl::UTCTimeZone()));
  return row;
}

inline v1::PushDossiersRequest ChunkOf(int64_t sequence, int first, int count) {
  v1::PushDossiersRequest message;
  message.mutable_chunk()->set_sequence(sequence);
  for (int i = first; i < first + count; ++i) *message.mutable_chunk()->add_rows() = Row(i);
  return message;
}

class DossierServiceTest : public ScoringTest {
 protected:
  void SetUp() override {
    ScoringTest::SetUp();
    stub_ = v1::DossierService::NewStub(server_->channel());
  }

  // One stream. Say() sends and waits for the answer; none when the stream has ended.
  class Stream {
   public:
    Stream(v1::DossierService::Stub& stub, const std::string& token)
        : context_(test::WithToken(token)) {
      context_->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(4));
      stream_ = stub.PushDossiers(context_.get());
    }
    std::optional<v1::PushDossiersResponse> Say(const v1::PushDossiersRequest& message) {
      v1::PushDossiersResponse answer;
      if (!stream_->Write(message) || !stream_->Read(&answer)) return std::nullopt;
      return answer;
    }
    std::optional<v1::PushDossiersResponse> Open(const std::string& import_id,
                                                 const std::string& token = "") {
      v1::PushDossiersRequest message;
      message.mutable_header()->set_import_id(import_id);
      message.mutable_header()->set_resume_token(token);
      return Say(message);
    }
    std::optional<v1::PushDossiersResponse> Complete(int64_t chunks) {
      v1::PushDossiersRequest message;
      message.mutable_complete()->set_chunks(chunks);
      return Say(message);
    }
    grpc::Status Close() {
      stream_->WritesDone();
      return stream_->Finish();
    }
    void Cut() {
      context_->TryCancel();
      stream_->Finish();
    }
    grpc::Status End() { return stream_->Finish(); }

   private:
    std::unique_ptr<grpc::ClientContext> context_;
    std::unique_ptr<grpc::ClientReaderWriter<v1::PushDossiersRequest, v1::PushDossiersResponse>>
        stream_;
  };

  // Pushes all rows from `first` on; the acknowledgements.
  std::vector<v1::ChunkAck> PushFrom(Stream& stream, int64_t sequence) {
    std::vector<v1::ChunkAck> acks;
    for (int first = static_cast<int>(sequence) * kChunk; first < kRows; first += kChunk) {
      const auto answer = stream.Say(ChunkOf(first / kChunk, first, kChunk));
      if (!answer.has_value()) {
        ADD_FAILURE() << "the stream ended: " << stream.End().error_message();
        return acks;
      }
      acks.push_back(answer->ack());
    }
    return acks;
  }

  v1::BatchPushDossiersResponse Batch(const std::vector<v1::DossierRow>& rows,
                                      const std::string& request_id, grpc::Status* status) {
    v1::BatchPushDossiersRequest request;
    for (const v1::DossierRow& row : rows) *request.add_rows() = row;
    request.set_request_id(request_id);
    v1::BatchPushDossiersResponse response;
    *status = stub_->BatchPushDossiers(test::WithToken(Pusher()).get(), request, &response);
    return response;
  }
  v1::ChunkAck Accept(const std::vector<v1::DossierRow>& rows) {
    grpc::Status status;
    const auto response = Batch(rows, absl::StrCat("batch-", ++batches_), &status);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.ack();
  }
  v1::TimelinessSummary Timeliness(const std::string& unit, const std::string& as_of) {
    v1::GetTimelinessRequest request;
    request.set_unit("units/" + unit);
    request.set_period_start("2023-01-01");
    request.set_period_end("2023-12-31");
    request.set_as_of(as_of);
    v1::TimelinessSummary summary;
    const grpc::Status status =
        stub_->GetTimeliness(test::WithToken(Reader()).get(), request, &summary);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return summary;
  }

  std::unique_ptr<v1::DossierService::Stub> stub_;
  int batches_ = 0;
};

}  // namespace thidua::scoring::dossiers
