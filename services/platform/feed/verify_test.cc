#include "platform/feed/verify.h"

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/feed/leaf.h"
#include "platform/feed/merkle.h"
#include "platform/hash.h"
#include "platform/timestamp.h"

namespace thidua::feed {
namespace {

using common::v1::AuditLogItem;
using common::v1::Event;
using common::v1::SignedTreeHead;

// A key whose signatures are easy to make and to check: what is under test is the log, not Ed25519.
class TestKey final : public platform::SigningKey {
 public:
  const std::string& key_id() const override { return key_id_; }
  std::string public_jwk() const override { return "{}"; }
  absl::StatusOr<std::string> SignBytes(std::string_view bytes) const override {
    return platform::Sha256("secret" + std::string(bytes));
  }
  absl::StatusOr<std::string> SignJwt(std::string_view) const override {
    return absl::UnimplementedError("not asked for here");
  }

 private:
  const std::string key_id_ = "test-key";
};

absl::Status Check(std::string_view key_id, std::string_view bytes, std::string_view signature) {
  if (key_id != "test-key") return absl::UnauthenticatedError("unknown key");
  if (platform::Sha256("secret" + std::string(bytes)) != signature) {
    return absl::UnauthenticatedError("signature does not fit");
  }
  return absl::OkStatus();
}

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2024, 2, 1, 8, 0, 0), absl::UTCTimeZone());

Event MakeEvent(int64_t number) {
  Event event;
  event.set_id(absl::StrCat("event-", number));
  event.set_type("thidua.test.v1.Changed");
  event.set_aggregate_type("plan");
  event.set_aggregate_id(absl::StrCat("plan-", number % 3));
  event.set_aggregate_version(number / 3 + 1);
  event.set_actor("person:x");
  *event.mutable_occur_time() = platform::ToTimestamp(kNow + absl::Microseconds(number));
  event.set_business_date("2024-02-01");
  event.set_payload_json(absl::StrCat(R"({"number":")", number, R"("})"));
  return event;
}

// A log as ExportAuditLog sends it, to be damaged.
struct Log {
  std::vector<AuditLogItem> leaves;
  std::vector<SignedTreeHead> heads;
  int64_t overdue = 0;
  bool cut = false;

  explicit Log(int64_t size, std::vector<int64_t> head_sizes, std::string epoch = "e1") {
    Frontier frontier;
    for (int64_t position = 1; position <= size; ++position) {
      AuditLogItem item;
      item.mutable_leaf()->set_position(position);
      item.mutable_leaf()->set_content(LeafContent(MakeEvent(position)).value());
      item.mutable_leaf()->set_leaf_hash(LeafHash(item.leaf().content()));
      frontier.Append(item.leaf().leaf_hash());
      leaves.push_back(item);
      for (const int64_t head_size : head_sizes) {
        if (head_size != position) continue;
        heads.push_back(SignTreeHead(TestKey(), epoch, head_size, frontier.Root(), kNow).value());
      }
    }
  }
  AuditReport Verify(std::vector<SignedTreeHead> copy = {}, std::set<std::string> abandoned = {}) {
    LogVerifier verifier(TreeHeadFile{.heads = std::move(copy)}, Check, std::move(abandoned));
    for (const AuditLogItem& item : leaves) verifier.Add(item);
    for (const SignedTreeHead& head : heads) {
      AuditLogItem item;
      *item.mutable_head() = head;
      verifier.Add(item);
    }
    if (!cut) {
      AuditLogItem end;
      end.set_overdue_unnumbered(overdue);
      verifier.Add(end);
    }
    return verifier.Finish();
  }
  void Change(int64_t position, bool rehash) {
    auto* leaf = leaves[static_cast<size_t>(position - 1)].mutable_leaf();
    std::string content = leaf->content();
    const size_t at = content.find(R"(number\":\")") + 11;
    content[at] = content[at] == '9' ? '8' : '9';
    leaf->set_content(content);
    if (rehash) leaf->set_leaf_hash(LeafHash(content));
  }
  void Remove(int64_t position) { leaves.erase(leaves.begin() + (position - 1)); }
};

std::vector<std::string> Names(const AuditReport& report) {
  std::vector<std::string> names;
  for (const Finding& finding : report.findings) {
    names.push_back(absl::StrCat(std::string(FindingName(finding.kind)), " ", finding.first, " ",
                                 finding.last));
    EXPECT_FALSE(Describe(finding).vi.empty());
    EXPECT_FALSE(Describe(finding).en.empty());
  }
  return names;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LogVerifierTest, AnUntouchedLogIsProvedUpToItsNewestHead) {
  Log log(10, {3, 8});
  const AuditReport report = log.Verify(log.heads);
  EXPECT_TRUE(report.ok()) << Names(report).size();
  EXPECT_EQ(report.entries, 10);
  EXPECT_EQ(report.heads, 2);
  EXPECT_EQ(report.proved_size, 8);
  EXPECT_EQ(report.newest_sign_time, "2024-02-01T08:00:00.000000Z");
}

TEST(LogVerifierTest, AnEmptyLogIsFine) {
  Log log(0, {});
  EXPECT_TRUE(log.Verify().ok());
}

TEST(LogVerifierTest, OneChangedByteIsFoundAndNamed) {
  Log log(10, {3, 8});
  log.Change(5, /*rehash=*/false);
  const AuditReport report = log.Verify();
  EXPECT_THAT(Names(report), ElementsAre("ENTRY_CHANGED 5 5"));
  EXPECT_EQ(report.findings[0].event_id, "event-5");
  EXPECT_EQ(report.findings[0].detail, "thidua.test.v1.Changed plan/plan-2");
  EXPECT_EQ(report.proved_size, 3);
}

TEST(LogVerifierTest, AChangeAfterTheNewestHeadIsFoundByItsStoredHash) {
  Log log(10, {8});
  log.Change(10, /*rehash=*/false);
  EXPECT_THAT(Names(log.Verify()), ElementsAre("ENTRY_CHANGED 10 10"));
}

TEST(LogVerifierTest, AChangeWithItsHashRewrittenIsFoundBetweenTwoHeads) {
  Log log(10, {3, 6, 8});
  log.Change(5, /*rehash=*/true);
  const AuditReport report = log.Verify();
  EXPECT_THAT(Names(report), ElementsAre("HEAD_UNSATISFIED 4 6"));
  EXPECT_EQ(report.findings[0].count, 2);
}

TEST(LogVerifierTest, AStoredHashAloneChangedIsToldFromAChangedEntry) {
  Log log(10, {8});
  log.leaves[4].mutable_leaf()->set_leaf_hash(std::string(32, 'x'));
  EXPECT_THAT(Names(log.Verify()), ElementsAre("STORED_HASH_CHANGED 5 5"));
}

TEST(LogVerifierTest, ADeletedRowIsFoundByItsPlace) {
  Log log(10, {3, 8});
  log.Remove(5);
  EXPECT_THAT(Names(log.Verify()), ElementsAre("ENTRY_MISSING 5 5"));
}

TEST(LogVerifierTest, ARemovedFirstRowIsFound) {
  Log log(10, {8});
  log.Remove(1);
  EXPECT_THAT(Names(log.Verify()), ElementsAre("ENTRY_MISSING 1 1"));
}

TEST(LogVerifierTest, ARemovedEndIsFoundByTheHeads) {
  Log log(10, {3, 8, 10});
  log.Remove(10);
  log.Remove(9);
  log.Remove(8);
  EXPECT_THAT(Names(log.Verify()), ElementsAre("ENTRY_MISSING 8 10"));
}

TEST(LogVerifierTest, ARemovedEndWithItsHeadsIsFoundByTheCopy) {
  Log log(10, {3, 10});
  const std::vector<SignedTreeHead> copy = log.heads;
  for (int64_t position = 10; position > 3; --position) log.Remove(position);
  log.heads.pop_back();
  EXPECT_THAT(Names(log.Verify()), IsEmpty());
  EXPECT_THAT(Names(log.Verify(copy)),
              testing::UnorderedElementsAre("ENTRY_MISSING 4 10", "HEAD_REMOVED 10 10"));
}

TEST(LogVerifierTest, ALogRewrittenTogetherWithItsHeadsIsFoundByTheCopy) {
  Log truth(6, {6});
  Log forged(6, {});
  forged.Change(2, /*rehash=*/true);
  Frontier frontier;
  for (const AuditLogItem& item : forged.leaves) frontier.Append(item.leaf().leaf_hash());
  forged.heads = {SignTreeHead(TestKey(), "e1", 6, frontier.Root(), kNow + absl::Hours(1)).value()};
  EXPECT_THAT(Names(forged.Verify(truth.heads)),
              testing::UnorderedElementsAre("HEAD_CONFLICT 6 6", "HEAD_UNSATISFIED 1 6",
                                            "HEAD_REMOVED 6 6"));
}

TEST(LogVerifierTest, ADoubledPlaceIsFound) {
  Log log(4, {4});
  log.leaves.insert(log.leaves.begin() + 2, log.leaves[1]);
  EXPECT_THAT(Names(log.Verify()), ElementsAre("ENTRY_MISPLACED 2 2"));
}

TEST(LogVerifierTest, AForgedSignatureIsNotBelieved) {
  Log log(4, {4});
  log.heads[0].set_tree_size(3);
  const AuditReport report = log.Verify();
  EXPECT_THAT(Names(report), ElementsAre("HEAD_SIGNATURE 3 3"));
  EXPECT_EQ(report.proved_size, 0);
}

TEST(LogVerifierTest, EventsThatWaitTooLongAreCounted) {
  Log log(4, {4});
  log.overdue = 2;
  const AuditReport report = log.Verify();
  EXPECT_THAT(Names(report), ElementsAre("UNNUMBERED_OVERDUE 0 0"));
  EXPECT_EQ(report.findings[0].count, 2);
}

TEST(LogVerifierTest, ACutExportIsNoProof) {
  Log log(4, {4});
  log.cut = true;
  EXPECT_THAT(Names(log.Verify()), ElementsAre("EXPORT_INCOMPLETE 5 0"));
}

TEST(LogVerifierTest, EntriesLostInARestoreAreFoundUnlessTheEpochIsGivenUp) {
  Log before(6, {3, 6}, "e1");
  Log after(4, {4}, "e2");  // restored at 3, went on
  after.heads.insert(after.heads.begin(), before.heads[0]);
  EXPECT_THAT(Names(after.Verify(before.heads)),
              testing::UnorderedElementsAre("ENTRY_MISSING 5 6", "HEAD_REMOVED 6 6"));
  EXPECT_TRUE(after.Verify(before.heads, {"e1"}).ok());
}

TEST(LogVerifierTest, AnySingleChangeIsFound) {
  EXPECT_TRUE(rc::check([] {
    const int64_t size = *rc::gen::inRange<int64_t>(1, 40);
    const int64_t head = *rc::gen::inRange<int64_t>(1, size + 1);
    Log log(size, {head, size});
    const int64_t position = *rc::gen::inRange<int64_t>(1, size + 1);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        log.Change(position, /*rehash=*/false);
        break;
      case 1:
        log.Change(position, /*rehash=*/true);
        break;
      case 2:
        log.Remove(position);
        break;
      default: {
        auto* leaf = log.leaves[static_cast<size_t>(position - 1)].mutable_leaf();
        std::string bytes = leaf->content();
        bytes[*rc::gen::inRange<size_t>(0, bytes.size())] ^=
            static_cast<char>(1 << *rc::gen::inRange(0, 8));
        leaf->set_content(bytes);
      }
    }
    const AuditReport report = log.Verify();
    RC_ASSERT(!report.ok());
    RC_ASSERT(report.findings[0].first <= position && position <= report.findings[0].last);
  }));
}

TEST(TreeHeadFileTest, LinesComeBackAsTheyWereWritten) {
  Log log(9, {2, 9});
  std::string text;
  for (const SignedTreeHead& head : log.heads) text += TreeHeadLine(head).value() + "\n";
  const TreeHeadFile file = ParseTreeHeadFile(text);
  ASSERT_EQ(file.heads.size(), 2u);
  EXPECT_THAT(file.malformed_lines, IsEmpty());
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(file.heads[i].SerializeAsString(), log.heads[i].SerializeAsString());
  }
  EXPECT_TRUE(log.Verify(file.heads).ok());
}

TEST(TreeHeadFileTest, ALineCutByACrashIsPassedOverOtherDamageIsTold) {
  Log log(9, {2, 9});
  const std::string first = TreeHeadLine(log.heads[0]).value();
  const std::string second = TreeHeadLine(log.heads[1]).value();
  const TreeHeadFile cut =
      ParseTreeHeadFile(first.substr(0, 40) + "\n" + first + "\n" + second.substr(0, 10));
  EXPECT_EQ(cut.heads.size(), 1u);
  EXPECT_THAT(cut.malformed_lines, IsEmpty());
  const TreeHeadFile damaged = ParseTreeHeadFile("x" + first + "\n" + second + "\n");
  EXPECT_EQ(damaged.heads.size(), 1u);
  EXPECT_THAT(damaged.malformed_lines, ElementsAre(1));
  LogVerifier verifier(damaged, Check);
  AuditLogItem end;
  end.set_overdue_unnumbered(0);
  verifier.Add(end);
  EXPECT_EQ(verifier.Finish().findings[0].kind, FindingKind::kHeadMalformed);
}

TEST(LeafTest, ContentIsCanonicalAndWhole) {
  Event event = MakeEvent(7);
  event.set_position(12);
  event.set_reason("Đủ hồ sơ \"gốc\"");
  EXPECT_EQ(LeafContent(event).value(),
            R"({"actor":"person:x","aggregate_id":"plan-1","aggregate_type":"plan",)"
            R"("aggregate_version":"3","before_json":"","business_date":"2024-02-01",)"
            R"("id":"event-7","occur_time":"2024-02-01T08:00:00.000007Z",)"
            R"("payload_json":"{\"number\":\"7\"}","reason":"Đủ hồ sơ \"gốc\"","request_id":"",)"
            R"("type":"thidua.test.v1.Changed","unit_id":""})");
}

TEST(LeafTest, EveryFieldButThePositionCounts) {
  const std::string base = LeafContent(MakeEvent(1)).value();
  const auto* descriptor = Event::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    Event event = MakeEvent(1);
    const auto* field = descriptor->field(i);
    const auto* reflection = event.GetReflection();
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
      reflection->SetString(&event, field, "other");
    } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_INT64) {
      reflection->SetInt64(&event, field, 99);
    } else {
      event.mutable_occur_time()->set_nanos(5000);
    }
    EXPECT_EQ(LeafContent(event).value() == base, field->name() == "position") << field->name();
  }
}

}  // namespace
}  // namespace thidua::feed
