// DossierService over real gRPC and a real database.
#include "scoring/testing/dossier_fixture.h"

namespace thidua::scoring::dossiers {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// shows: S1-14
TEST_F(DossierServiceTest, PushingEverythingAgainChangesNothing) {
  size_t bytes = 0;
  for (int first = 0; first < kRows; first += kChunk) {
    bytes += ChunkOf(0, first, kChunk).ByteSizeLong();
  }
  ASSERT_GT(bytes, size_t{1024 * 1024 / 2});

  Stream first(*stub_, Pusher());
  ASSERT_TRUE(first.Open("import-1").has_value());
  int accepted = 0;
  for (const v1::ChunkAck& ack : PushFrom(first, 0)) accepted += ack.accepted();
  EXPECT_EQ(accepted, kRows);
  const auto summary = first.Complete(kRows / kChunk);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->summary().accepted(), kRows);
  EXPECT_TRUE(summary->summary().completed());
  EXPECT_TRUE(first.Close().ok());
  EXPECT_EQ(Count("dossiers"), kRows);
  EXPECT_EQ(Column("SELECT SUM(received) FROM dossier_summary"), absl::StrCat(kRows, "\n"));
  const std::string digest = DossierDigest();

  Stream second(*stub_, Pusher());
  ASSERT_TRUE(second.Open("import-2").has_value());
  for (const v1::ChunkAck& ack : PushFrom(second, 0)) {
    EXPECT_EQ(ack.unchanged(), kChunk);
    EXPECT_EQ(ack.accepted() + ack.superseded() + ack.refused(), 0);
  }
  EXPECT_TRUE(second.Close().ok());
  EXPECT_EQ(DossierDigest(), digest);
  EXPECT_EQ(
      Column("SELECT COUNT(*) FROM events WHERE type = 'thidua.scoring.v1.DossierChunkAccepted'"),
      absl::StrCat(2 * kRows / kChunk, "\n"));
}

TEST_F(DossierServiceTest, AStreamCutInTheMiddleAndResumedIsAsIfItHadNotBeen) {
  Stream whole(*stub_, Pusher());
  ASSERT_TRUE(whole.Open("import-1").has_value());
  const std::vector<v1::ChunkAck> uninterrupted = PushFrom(whole, 0);
  EXPECT_TRUE(whole.Close().ok());
  const std::string digest = DossierDigest();
  Empty();

  std::string token;
  {
    Stream cut(*stub_, Pusher());
    ASSERT_TRUE(cut.Open("import-1").has_value());
    for (int i = 0; i < 4; ++i)
      token = cut.Say(ChunkOf(i, i * kChunk, kChunk))->ack().resume_token();
    cut.Cut();
  }
  Stream resumed(*stub_, Pusher());
  const auto opened = resumed.Open("import-1", token);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->opened().next_sequence(), 4);
  EXPECT_EQ(opened->opened().resume_token(), token);
  // The pusher did not see the last acknowledgement and sends that chunk again.
  const auto again = resumed.Say(ChunkOf(3, 3 * kChunk, kChunk));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->ack().repeated_chunk());
  EXPECT_EQ(again->ack().accepted(), kChunk);
  EXPECT_EQ(again->ack().rows_sha256(), uninterrupted[3].rows_sha256());
  const std::vector<v1::ChunkAck> rest = PushFrom(resumed, 4);
  EXPECT_TRUE(resumed.Close().ok());
  EXPECT_EQ(DossierDigest(), digest);
  EXPECT_EQ(rest.back().rows_sha256(), uninterrupted.back().rows_sha256());
  EXPECT_EQ(Count("dossier_chunks"), kRows / kChunk);
}

// R-SCO-16
TEST_F(DossierServiceTest, BadRowsAreRefusedOneByOne) {
  std::vector<v1::DossierRow> rows;
  const auto bad = [&](auto change) {
    v1::DossierRow row = Row(1);
    row.set_dossier_code(absl::StrCat("bad-", rows.size()));
    change(row);
    rows.push_back(row);
  };
  bad([](v1::DossierRow& r) { r.set_due_date("2023-11-31"); });
  bad([](v1::DossierRow& r) { r.set_received_date("31/12/2023"); });
  bad([](v1::DossierRow& r) { r.set_unit_code("H00.9.77"); });
  bad([](v1::DossierRow& r) { r.set_unit_code("H00.9.99"); });
  bad([](v1::DossierRow& r) { r.set_unit_code("H00.8"); });
  bad([](v1::DossierRow& r) { r.set_status(static_cast<v1::DossierStatus>(11)); });
  bad([](v1::DossierRow& r) { r.clear_channel(); });
  bad([](v1::DossierRow& r) { r.clear_finished_date(); });
  bad([](v1::DossierRow& r) { r.set_finished_date("2022-12-31"); });
  bad([](v1::DossierRow& r) { r.set_received_date("2024-02-16"); });
  bad([](v1::DossierRow& r) { r.clear_event_time(); });
  bad([](v1::DossierRow& r) { r.set_dossier_code("a b"); });
  bad([](v1::DossierRow& r) { r.set_status(v1::DOSSIER_STATUS_PROCESSING); });
  rows.push_back(Row(2));
  const v1::ChunkAck ack = Accept(rows);
  std::vector<std::string> found;
  for (const v1::RowError& error : ack.errors()) {
    found.push_back(absl::StrCat(error.row_index(), " ", error.field(), " ", error.reason()));
    EXPECT_FALSE(error.text_vi().empty());
    EXPECT_FALSE(error.text_en().empty());
  }
  EXPECT_THAT(found, UnorderedElementsAre(
                         "0 due_date DATE_IMPOSSIBLE", "1 received_date DATE_MALFORMED",
                         "2 unit_code UNKNOWN_UNIT", "3 unit_code UNIT_NOT_VALID",
                         "4 unit_code UNIT_NOT_GRANTED", "5 status STATUS_UNKNOWN",
                         "6 channel CHANNEL_UNKNOWN", "7 finished_date DATE_REQUIRED",
                         "8 finished_date FINISHED_BEFORE_RECEIVED",
                         "9 received_date DATE_IN_FUTURE", "10 event_time EVENT_TIME_REQUIRED",
                         "11 dossier_code CODE_MALFORMED", "12 finished_date DATE_NOT_ALLOWED"));
  EXPECT_EQ(ack.refused(), 13);
  EXPECT_EQ(ack.accepted(), 1);
  EXPECT_EQ(Count("dossiers"), 1);
}

TEST_F(DossierServiceTest, TheLaterStateWinsWhateverTheOrder) {
  v1::DossierRow open = Row(13);  // processing
  v1::DossierRow done = open;
  done.set_status(v1::DOSSIER_STATUS_FINISHED);
  done.set_finished_date("2023-03-01");
  done.mutable_event_time()->set_seconds(open.event_time().seconds() + 100);
  v1::DossierRow paused = open;
  paused.set_status(v1::DOSSIER_STATUS_SUPPLEMENT_REQUESTED);
  paused.mutable_event_time()->set_seconds(open.event_time().seconds() + 200);

  EXPECT_EQ(Accept({open}).accepted(), 1);
  EXPECT_EQ(Accept({paused}).accepted(), 1);
  EXPECT_EQ(Accept({done}).superseded(), 1);
  EXPECT_EQ(Accept({done}).unchanged(), 1);
  EXPECT_EQ(Column("SELECT status FROM dossiers"), "5\n");
  EXPECT_EQ(Column("SELECT SUM(early + on_time + late) FROM dossier_summary"), "0\n");
  const std::string digest = DossierDigest();

  v1::DossierRow other = done;
  other.set_channel(v1::DOSSIER_CHANNEL_POSTAL);
  const v1::ChunkAck conflict = Accept({other});
  ASSERT_EQ(conflict.errors_size(), 1);
  EXPECT_EQ(conflict.errors(0).reason(), "EVENT_CONFLICT");
  EXPECT_EQ(DossierDigest(), digest);

  v1::ListDossiersRequest list;
  list.set_unit("units/" + communes_[3]);
  v1::ListDossiersResponse listed;
  ASSERT_TRUE(stub_->ListDossiers(test::WithToken(Reader()).get(), list, &listed).ok());
  ASSERT_EQ(listed.dossiers_size(), 1);
  v1::GetDossierRequest get;
  get.set_name(listed.dossiers(0).name());
  v1::Dossier dossier;
  ASSERT_TRUE(stub_->GetDossier(test::WithToken(Reader()).get(), get, &dossier).ok());
  EXPECT_EQ(dossier.timeliness(), v1::TIMELINESS_SUSPENDED);
  EXPECT_THAT(dossier.flags(), ElementsAre(v1::DOSSIER_FLAG_IMPLAUSIBLE_JUMP));
  ASSERT_EQ(dossier.history_size(), 2);
  EXPECT_FALSE(dossier.history(0).arrived_late());
  EXPECT_TRUE(dossier.history(1).arrived_late());
  EXPECT_EQ(dossier.source(), "client:district");
  get.set_name("dossiers/" + platform::NewId(absl::Now()));
  const std::string everywhere = Token("person:admin", "*", {"*"});
  EXPECT_EQ(Reason(stub_->GetDossier(test::WithToken(everywhere).get(), get, &dossier)),
            "DOSSIER_NOT_FOUND");
}

TEST_F(DossierServiceTest, SequencesTokensAndMessagesAreChecked) {
  const auto failed = [&](auto talk) {
    Stream stream(*stub_, Pusher());
    talk(stream);
    return Reason(stream.End());
  };
  EXPECT_EQ(failed([](Stream& s) { s.Say(ChunkOf(0, 0, 1)); }), "MESSAGE_OUT_OF_ORDER");
  EXPECT_EQ(failed([](Stream& s) { s.Open("a b"); }), "IMPORT_ID_MALFORMED");
  EXPECT_EQ(failed([](Stream& s) {
              s.Open("i");
              s.Say(ChunkOf(1, 0, 1));
            }),
            "CHUNK_SEQUENCE_GAP");
  EXPECT_EQ(failed([](Stream& s) {
              s.Open("i");
              s.Say(ChunkOf(0, 0, 501));
            }),
            "CHUNK_SIZE");
  std::string token;
  EXPECT_EQ(failed([&](Stream& s) {
              s.Open("i");
              token = s.Say(ChunkOf(0, 0, 2))->ack().resume_token();
              s.Say(ChunkOf(0, 0, 3));
            }),
            "CHUNK_CONTENT_CHANGED");
  EXPECT_EQ(failed([&](Stream& s) { s.Open("other", token); }), "RESUME_TOKEN_MISMATCH");
  EXPECT_EQ(failed([&](Stream& s) {
              s.Open("i");
              s.Complete(2);
            }),
            "CHUNKS_MISSING");
  EXPECT_EQ(failed([&](Stream& s) {
              s.Open("i");
              EXPECT_TRUE(s.Complete(1).has_value());
              s.Say(ChunkOf(1, 2, 2));
            }),
            "IMPORT_COMPLETED");
  // The server was restored to a time before the chunk.
  database_->Run("UPDATE dossier_imports SET next_sequence = 0");
  EXPECT_EQ(failed([&](Stream& s) { s.Open("i", token); }), "RESUME_TOKEN_AHEAD");
}

TEST_F(DossierServiceTest, AFrameThatIsNoMessageEndsTheStreamAndWritesNothing) {
  const std::string push = "/thidua.scoring.v1.DossierService/PushDossiers";
  v1::PushDossiersRequest header;
  header.mutable_header()->set_import_id("import-broken");
  std::string broken = ChunkOf(1, 10, 10).SerializeAsString();
  broken.pop_back();
  const test::RawAnswer cut =
      test::SendRaw(server_->channel(), Pusher(), push,
                    {header.SerializeAsString(), ChunkOf(0, 0, 10).SerializeAsString(), broken,
                     ChunkOf(1, 10, 10).SerializeAsString()});
  EXPECT_EQ(cut.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(cut.status), "FRAME_MALFORMED");
  EXPECT_EQ(cut.answers, 2) << "of the header and of the whole chunk before";
  EXPECT_EQ(Count("dossiers"), 10);

  Stream again(*stub_, Pusher());
  const auto opened = again.Open("import-broken");
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->opened().next_sequence(), 1) << "it goes on where it was cut";
  EXPECT_TRUE(again.Close().ok());

  const test::RawAnswer empty = test::SendRaw(server_->channel(), Pusher(), push, {});
  EXPECT_EQ(empty.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(empty.status), "STREAM_EMPTY");

  const test::RawAnswer batch =
      test::SendRaw(server_->channel(), Pusher(),
                    "/thidua.scoring.v1.DossierService/BatchPushDossiers", {broken});
  EXPECT_EQ(test::Reason(batch.status), "FRAME_MALFORMED");
  EXPECT_EQ(Count("dossiers"), 10);
}

TEST_F(DossierServiceTest, ABatchIsSafeToRepeat) {
  grpc::Status status;
  const auto first = Batch({Row(1), Row(2)}, "r-1", &status);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(first.ack().accepted(), 2);
  const auto second = Batch({Row(1), Row(2)}, "r-1", &status);
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
  Batch({Row(3)}, "r-1", &status);
  EXPECT_EQ(Reason(status), "REQUEST_ID_REUSED");
  Batch({}, "r-2", &status);
  EXPECT_EQ(Reason(status), "CHUNK_SIZE");
  EXPECT_EQ(Count("dossiers"), 2);
}

TEST_F(DossierServiceTest, CsvIsTakenLikeABatch) {
  const auto push = [&](const std::string& csv, const std::string& id, grpc::Status* status) {
    v1::PushDossiersCsvRequest request;
    request.mutable_csv()->set_content_type("text/csv");
    request.mutable_csv()->set_data(csv);
    request.set_request_id(id);
    v1::BatchPushDossiersResponse response;
    *status = stub_->PushDossiersCsv(test::WithToken(Pusher()).get(), request, &response);
    return response.ack();
  };
  const std::string header =
      "dossier_code,unit_code,procedure_code,channel,status,received_date,due_date,finished_date,"
      "event_time\r\n";
  grpc::Status status;
  const v1::ChunkAck ack = push("\xEF\xBB\xBF" + header +
                                    "A-1,H00.9.1,1.1,ONLINE,9,2023-03-01,2023-03-10,2023-03-10T23:"
                                    "30:00+07:00,2023-03-11T00:00:00Z\r\n"
                                    "A-2,\"H00.9.2\",1.1,2,9,2023-03-01,2023-03-10,2023-03-10T17:"
                                    "30:00Z,2023-03-11T00:00:00Z\n"
                                    "A-3,H00.9.1,1.1,FAX,9,2023-03-01,,,2023-03-11T00:00:00Z\n",
                                "c-1", &status);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(ack.accepted(), 2);
  ASSERT_EQ(ack.errors_size(), 1);
  EXPECT_EQ(ack.errors(0).reason(), "CHANNEL_UNKNOWN");
  // 17:30 UTC is half past midnight of the next day in Vietnam: late, not on time.
  EXPECT_EQ(Column("SELECT finished_date FROM dossiers ORDER BY dossier_code"),
            "2023-03-10\n2023-03-11\n");
  push("dossier_code,unit_code\nA-1,H00.9.1\n", "c-2", &status);
  EXPECT_EQ(Reason(status), "CSV_COLUMN");
  push(header + "A-1,H00.9.1\n", "c-3", &status);
  EXPECT_EQ(Reason(status), "CSV_WIDTH");
  push(header + "\"A-1,H00.9.1\n", "c-4", &status);
  EXPECT_EQ(Reason(status), "CSV_QUOTE");
  push("", "c-5", &status);
  EXPECT_EQ(Reason(status), "CSV_EMPTY");
}

// The summary and a count of the rows give the same, for the end of the year and for a day within
// it; every bucket is shown. shows: S3-06
TEST_F(DossierServiceTest, TimelinessBucketsAddUpAndAgreeWithTheRows) {
  std::vector<v1::DossierRow> rows;
  rows.reserve(kChunk);
  for (int i = 0; i < kChunk; ++i) rows.push_back(Row(i));
  Accept(rows);
  for (const char* as_of : {"2023-06-30", "2023-12-31", "2024-02-15"}) {
    // Counted here from the rows alone, by comparing texts of dates.
    const std::string day = as_of;
    int64_t received = 0, early = 0, on_time = 0, late = 0, unclassifiable = 0, excluded = 0,
            running = 0, overdue = 0, no_due = 0;
    for (const v1::DossierRow& row : rows) {
      if (row.unit_code() != "H00.9.1" || row.received_date() > day) continue;
      ++received;
      if (row.status() == v1::DOSSIER_STATUS_WITHDRAWN) {
        ++excluded;
      } else if (!row.finished_date().empty() && row.finished_date() <= day) {
        ++(row.due_date().empty()                  ? unclassifiable
           : row.finished_date() < row.due_date()  ? early
           : row.finished_date() == row.due_date() ? on_time
                                                   : late);
      } else {
        ++(row.due_date().empty() ? no_due : row.due_date() < day ? overdue : running);
      }
    }
    const v1::TimelinessSummary summary = Timeliness(communes_[0], as_of);
    const v1::TimelinessCounts& total = summary.total();
    EXPECT_EQ(total.received(), received) << as_of;
    EXPECT_EQ(total.excluded(), excluded) << as_of;
    EXPECT_EQ(total.early(), early) << as_of;
    EXPECT_EQ(total.on_time(), on_time) << as_of;
    EXPECT_EQ(total.late(), late) << as_of;
    EXPECT_EQ(total.unclassifiable(), unclassifiable) << as_of;
    EXPECT_EQ(total.running(), running) << as_of;
    EXPECT_EQ(total.overdue(), overdue) << as_of;
    EXPECT_EQ(total.open_without_due_date(), no_due) << as_of;
    EXPECT_EQ(summary.on_time_ratio(), absl::StrCat(early + on_time, "/", early + on_time + late));
    EXPECT_EQ(summary.unit_name(), "UBND xã 1");
    EXPECT_EQ(summary.as_of(), as_of);
  }
}

TEST_F(DossierServiceTest, RightsAreThoseOfTheUnit) {
  v1::GetTimelinessRequest request;
  request.set_unit("units/" + communes_[0]);
  request.set_period_start("2023-01-01");
  request.set_period_end("2023-12-31");
  v1::TimelinessSummary summary;
  const auto reason = [&](const std::string& token) {
    return Reason(stub_->GetTimeliness(test::WithToken(token).get(), request, &summary));
  };
  EXPECT_EQ(reason(""), "TOKEN_MISSING");
  EXPECT_EQ(reason(Token("person:x", sibling_, {"scoring.dossiers.read"})), "PERMISSION_DENIED");
  EXPECT_EQ(reason(Token("person:x", district_, {"scoring.dossiers.push"})), "PERMISSION_DENIED");
  EXPECT_EQ(reason(Token("person:x", communes_[0], {"scoring.dossiers.read"})), "");
  request.set_unit("units/" + ended_);
  EXPECT_EQ(reason(Reader()), "");
  EXPECT_EQ(summary.unit_name(), "UBND xã đã giải thể");
  request.set_period_end("2023-12-30");
  EXPECT_EQ(reason(Reader()), "PERIOD_NOT_WHOLE_MONTHS");
  Stream stream(*stub_, Token("person:x", district_, {"scoring.dossiers.read"}));
  stream.Open("i");
  EXPECT_EQ(stream.End().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

}  // namespace
}  // namespace thidua::scoring::dossiers
