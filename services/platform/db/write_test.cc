// The frame of every write, over the shared tables and a shared message that has a request_id.
#include "platform/db/write.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "platform/status.h"
#include "support/tcp_gate.h"
#include "support/test_database.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::db {
namespace {

using common::v1::File;
using common::v1::StartUploadRequest;
using platform::ReasonOf;

class WriteTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = test::TestDatabase::Create({"platform"}).release(); }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override { database_->TruncateAll(); }

  static platform::Call::Context Context(const std::string& subject = "person:1") {
    platform::Call::Context context;
    context.method = "/thidua.test.v1.TestService/StartUpload";
    context.principal.subject = subject;
    context.deadline = absl::Now() + absl::Seconds(20);
    context.machine_now = absl::FromUnixSeconds(1'668'000'000);
    context.business_now = context.machine_now;
    return context;
  }
  static StartUploadRequest Request(const std::string& request_id,
                                    const std::string& file_name = "a.pdf") {
    StartUploadRequest request;
    request.set_request_id(request_id);
    request.set_file_name(file_name);
    return request;
  }
  // The effect of the body: one row.
  static absl::Status Effect(Tx& tx, const std::string& producer) {
    return tx
        .Execute(
            "INSERT INTO consumer_positions (producer, epoch, position, last_error, updated_at) "
            "VALUES (?, '', 0, '', ?)",
            producer, absl::FromUnixSeconds(0))
        .status();
  }
  int64_t Count(const std::string& table) {
    int64_t count = -1;
    EXPECT_TRUE(database_->pool()
                    .ReadOnly(absl::Now() + absl::Seconds(20),
                              [&](Session& session) {
                                return session.Query(
                                    [&](const Row& row) {
                                      count = row.Get<int64_t>(0);
                                      return absl::OkStatus();
                                    },
                                    absl::StrCat("SELECT COUNT(*) FROM ", table));
                              })
                    .ok());
    return count;
  }
  // A write whose body makes a row and answers with how often bodies have run.
  absl::Status Run(const StartUploadRequest& request, File& answer,
                   const std::string& subject = "person:1") {
    const platform::Call call(Context(subject));
    return Write(database_->pool(), call, request, answer, [&](Tx& tx) {
      answer.set_size_bytes(++bodies_);
      return Effect(tx, absl::StrCat("p", bodies_));
    });
  }

  static test::TestDatabase* database_;
  int bodies_ = 0;
};
test::TestDatabase* WriteTest::database_ = nullptr;

TEST_F(WriteTest, ARepeatGetsTheFirstAnswerWithoutAnotherEffect) {
  File first, again;
  EXPECT_TRUE(Run(Request("r-1"), first).ok());
  EXPECT_TRUE(Run(Request("r-1"), again).ok());
  EXPECT_EQ(first.size_bytes(), 1);
  EXPECT_EQ(again.size_bytes(), 1);
  EXPECT_EQ(bodies_, 1);
  EXPECT_EQ(Count("consumer_positions"), 1);
}

TEST_F(WriteTest, TheSameIdWithOtherContentIsRefused) {
  File answer;
  EXPECT_TRUE(Run(Request("r-1"), answer).ok());
  const absl::Status status = Run(Request("r-1", "b.pdf"), answer);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "REQUEST_ID_REUSED");
  ASSERT_EQ(platform::FieldsOf(status).size(), 1u);
  EXPECT_EQ(platform::FieldsOf(status)[0].field, "request_id");
  EXPECT_EQ(answer.size_bytes(), 0);  // nothing of the first answer leaks
  EXPECT_EQ(bodies_, 1);
}

TEST_F(WriteTest, AnotherPrincipalMayUseTheSameId) {
  File answer;
  EXPECT_TRUE(Run(Request("r-1"), answer, "person:1").ok());
  EXPECT_TRUE(Run(Request("r-1"), answer, "person:2").ok());
  EXPECT_EQ(bodies_, 2);
}

TEST_F(WriteTest, ErrorsAreNotStored) {
  const platform::Call call(Context());
  File answer;
  const absl::Status refused =
      Write(database_->pool(), call, Request("r-1"), answer, [&](Tx& tx) -> absl::Status {
        answer.set_size_bytes(7);
        EXPECT_TRUE(Effect(tx, "lost").ok());
        return platform::FailedPrecondition("NOT_NOW", {"chưa được", "not now"});
      });
  EXPECT_EQ(ReasonOf(refused), "NOT_NOW");
  EXPECT_EQ(answer.size_bytes(), 0);
  EXPECT_EQ(Count("consumer_positions"), 0);
  EXPECT_EQ(Count("request_log"), 0);
  EXPECT_TRUE(Run(Request("r-1"), answer).ok());
  EXPECT_EQ(bodies_, 1);
}

TEST_F(WriteTest, AnIdIsRequiredAndOfOneForm) {
  File answer;
  EXPECT_EQ(ReasonOf(Run(Request(""), answer)), "REQUEST_ID_REQUIRED");
  for (const std::string& id : {std::string("a b"), std::string("đ"), std::string(65, 'x')}) {
    EXPECT_EQ(ReasonOf(Run(Request(id), answer)), "REQUEST_ID_MALFORMED") << id;
  }
  EXPECT_TRUE(Run(Request(std::string(64, 'x')), answer).ok());
  EXPECT_TRUE(Run(Request("a-Z_0.9:"), answer).ok());
  EXPECT_EQ(bodies_, 2);
}

TEST_F(WriteTest, TwoAtOnceHaveOneEffectAndOneAnswer) {
  std::vector<std::thread> threads;
  std::atomic<int> effects{0}, well{0};
  absl::Notification inside;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      if (i > 0) inside.WaitForNotification();  // the first has claimed the id and not committed
      const platform::Call call(Context());
      File answer;
      const absl::Status status =
          Write(database_->pool(), call, Request("r-1"), answer, [&](Tx& tx) {
            if (!inside.HasBeenNotified()) inside.Notify();
            answer.set_size_bytes(effects.fetch_add(1) + 1);
            return Effect(tx, "once");
          });
      if (status.ok() && answer.size_bytes() == 1) well.fetch_add(1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(well.load(), 4);
  EXPECT_EQ(effects.load(), 1);
  EXPECT_EQ(Count("consumer_positions"), 1);
}

TEST_F(WriteTest, EachRunOfTheBodyGetsAClearedAnswer) {
  database_->Run("INSERT INTO consumer_positions VALUES ('held', '', 0, '', '2022-01-01')");
  Options options = database_->options();
  options.lock_wait = absl::Seconds(1);
  std::unique_ptr<Pool> impatient = Pool::Create(options).value();
  absl::Notification held, release;
  std::thread holder([&] {
    EXPECT_TRUE(
        database_->pool()
            .InTransaction(absl::Now() + absl::Seconds(20),
                           [&](Tx& tx) {
                             absl::Status status =
                                 tx.Execute("UPDATE consumer_positions SET position = 1").status();
                             held.Notify();
                             release.WaitForNotification();
                             return status;
                           })
            .ok());
  });
  held.WaitForNotification();
  const platform::Call call(Context());
  File answer;
  int bodies = 0;
  const absl::Status status =
      Write(*impatient, call, Request("r-1"), answer, [&](Tx& tx) -> absl::Status {
        EXPECT_EQ(answer.file_name(), "");
        answer.mutable_file_name()->append("once");
        absl::Status updated = tx.Execute("UPDATE consumer_positions SET position = 2").status();
        if (++bodies == 1) {
          EXPECT_EQ(ReasonOf(updated), "TX_CONFLICT");
          release.Notify();
        }
        return updated;
      });
  holder.join();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(bodies, 2);
  EXPECT_EQ(answer.file_name(), "once");
}

TEST_F(WriteTest, ARepeatAfterACommitOfUnknownOutcomeHasOneEffect) {
  int port = 0;
  std::ifstream(test::TestMariaDbFolder() + "/port") >> port;
  database_->Run("CREATE USER IF NOT EXISTS gate@'127.0.0.1'");
  database_->Run(absl::StrCat("GRANT ALL ON ", database_->schema(), ".* TO gate@'127.0.0.1'"));
  test::TcpGate gate(port);
  Options options = database_->options();
  options.socket = "";
  options.port = gate.port();
  options.user = "gate";
  std::unique_ptr<Pool> pool = Pool::Create(options).value();
  const platform::Call call(Context());
  File answer;
  const auto write = [&] {
    return Write(*pool, call, Request("r-1"), answer, [&](Tx& tx) {
      answer.set_size_bytes(++bodies_);
      return Effect(tx, absl::StrCat("p", bodies_));
    });
  };
  gate.CutAt(
      "\x03"
      "COMMIT",
      /*after_delivery=*/true);
  EXPECT_EQ(ReasonOf(write()), "COMMIT_OUTCOME_UNKNOWN");
  EXPECT_TRUE(write().ok());
  EXPECT_EQ(answer.size_bytes(), 1);  // the answer of the first, whose body alone ran
  EXPECT_EQ(Count("consumer_positions"), 1);
}

// A request type with both fields, made here: { string request_id; bool validate_only; string text;
// }.
class WriteValidateOnlyTest : public WriteTest {
 protected:
  WriteValidateOnlyTest() {
    google::protobuf::FileDescriptorProto file;
    file.set_name("write_test.proto");
    file.set_syntax("proto3");
    auto* message = file.add_message_type();
    message->set_name("Request");
    using Field = google::protobuf::FieldDescriptorProto;
    int number = 0;
    for (const auto& [name, type] :
         {std::pair("request_id", Field::TYPE_STRING), std::pair("validate_only", Field::TYPE_BOOL),
          std::pair("text", Field::TYPE_STRING)}) {
      auto* field = message->add_field();
      field->set_name(name);
      field->set_number(++number);
      field->set_type(type);
      field->set_label(Field::LABEL_OPTIONAL);
    }
    type_ = types_.BuildFile(file)->message_type(0);
  }
  absl::Status Run(const std::string& request_id, bool validate_only, const std::string& text,
                   File& answer) {
    std::unique_ptr<google::protobuf::Message> request(messages_.GetPrototype(type_)->New());
    const auto* reflection = request->GetReflection();
    reflection->SetString(request.get(), type_->field(0), request_id);
    reflection->SetBool(request.get(), type_->field(1), validate_only);
    reflection->SetString(request.get(), type_->field(2), text);
    const platform::Call call(Context());
    return Write(database_->pool(), call, *request, answer, [&](Tx& tx) {
      answer.set_size_bytes(++bodies_);
      if (text == "refuse") return platform::FailedPrecondition("NO", {"không", "no"});
      return Effect(tx, absl::StrCat("p", bodies_));
    });
  }
  google::protobuf::DescriptorPool types_;
  google::protobuf::DynamicMessageFactory messages_;
  const google::protobuf::Descriptor* type_ = nullptr;
};

TEST_F(WriteValidateOnlyTest, AnswersAsItWouldBeAndKeepsNothing) {
  File answer;
  EXPECT_TRUE(Run("r-1", true, "x", answer).ok());
  EXPECT_EQ(answer.size_bytes(), 1);
  EXPECT_EQ(Count("consumer_positions"), 0);
  EXPECT_EQ(Count("request_log"), 0);
  EXPECT_EQ(ReasonOf(Run("r-1", true, "refuse", answer)), "NO");
  EXPECT_EQ(ReasonOf(Run("", true, "x", answer)), "REQUEST_ID_REQUIRED");
}

TEST_F(WriteValidateOnlyTest, TheIdMayThenBeUsedForTheWriteItself) {
  File answer;
  EXPECT_TRUE(Run("r-1", true, "x", answer).ok());
  EXPECT_TRUE(Run("r-1", false, "x", answer).ok());
  EXPECT_EQ(answer.size_bytes(), 2);
  EXPECT_EQ(Count("consumer_positions"), 1);
  // And a rehearsal of what is done already tells the answer that a repeat would get.
  EXPECT_TRUE(Run("r-1", true, "x", answer).ok());
  EXPECT_EQ(answer.size_bytes(), 2);
  EXPECT_EQ(ReasonOf(Run("r-1", true, "y", answer)), "REQUEST_ID_REUSED");
  EXPECT_EQ(bodies_, 2);
}

}  // namespace
}  // namespace thidua::db
