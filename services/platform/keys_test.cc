// Which keys a process trusts, and how it learns of new ones.
#include "platform/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "nlohmann/json.hpp"
#include "platform/frame_fixture.h"
#include "platform/key_follower.h"
#include "platform/signed_jwks.h"
#include "thidua/campaign/v1/access_service.grpc.pb.h"

namespace thidua::platform {
namespace {

using nlohmann::json;

json Jwk(const SigningKey& key, const std::string& use) {
  json jwk = json::parse(key.public_jwk());
  jwk["thidua_use"] = use;
  return jwk;
}

std::string Jwks(const std::vector<json>& keys) { return json{{"keys", keys}}.dump(); }

// What campaign publishes of these keys.
std::string Published(const std::vector<json>& keys, const SigningKey& signer, absl::Time now) {
  return SignJwks(Jwks(keys), signer, now).value();
}

std::string Read(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ParseKeysTest, AKeyIdThatIsNoTextIsRefusedAndNothingThrows) {
  for (const char* text :
       {R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":5,"x":"AA","thidua_use":"access"}]})",
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":null,"x":"AA","thidua_use":"access"}]})",
        R"({"keys":[{"kty":7,"crv":{},"kid":[],"x":true,"thidua_use":1.5}]})", R"({"keys":[5]})",
        R"({"keys":{}})", R"([])", "{", ""}) {
    EXPECT_FALSE(ParseTrustedKeys(text).ok()) << text;
    EXPECT_FALSE(ParseAccessKeys(text).ok()) << text;
  }
}

TEST(ParseKeysTest, OfPublishedKeysOnlyThoseForAccessAreTaken) {
  const test::TestKeys keys;
  const json foreign = {{"kty", "RSA"}, {"kid", "r"}, {"thidua_use", "access"}};
  const auto parsed = ParseAccessKeys(Jwks(
      {Jwk(*keys.key("scoring"), "service:scoring"), foreign, Jwk(*keys.key("access"), "access")}));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->size(), 1u);
  EXPECT_EQ(parsed->begin()->first, keys.key("access")->key_id());
  EXPECT_FALSE(ParseAccessKeys(Jwks({Jwk(*keys.key("scoring"), "service:scoring")})).ok());
}

TEST(KeyRingTest, ThePublishedListNeverChangesWhatTheFileSays) {
  const test::TestKeys keys;
  const std::string kid = keys.key("scoring")->key_id();
  KeyRing ring;
  ring.SetTrusted(*ParseTrustedKeys(Jwks({Jwk(*keys.key("scoring"), "service:scoring")})));
  const auto before = ring.keys();
  ring.SetPublished(*ParseAccessKeys(
      Jwks({Jwk(*keys.key("scoring"), "access"), Jwk(*keys.key("access"), "access")})));
  EXPECT_EQ(ring.keys()->size(), 2u);
  EXPECT_EQ(ring.keys()->at(kid)->use, "service:scoring");
  EXPECT_EQ(before->size(), 1u) << "a list that somebody holds stays as it was";
  ring.SetPublished({});
  EXPECT_EQ(ring.keys()->size(), 1u);
}

// A source that is asked, counted and told what to answer.
class CountedSource {
 public:
  void Answer(absl::StatusOr<std::string> answer) {
    absl::MutexLock lock(&mutex_);
    answer_ = std::move(answer);
  }
  JwksSource source() {
    return [this] {
      absl::MutexLock lock(&mutex_);
      ++asked_;
      return answer_;
    };
  }
  // Waits until it has been asked so often; how often it has.
  int Await(int times) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return asked_ >= times; };
    mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
    return asked_;
  }

 private:
  absl::Mutex mutex_;
  absl::StatusOr<std::string> answer_ = absl::UnavailableError("nobody is there");
  int asked_ = 0;
};

class KeyFollowerTest : public ::testing::Test {
 protected:
  ~KeyFollowerTest() override { End(); }
  KeyFollowerOptions Options() const {
    KeyFollowerOptions options;
    options.trusted_file = keys_.jwks_file();
    options.look = absl::Milliseconds(1);
    options.fresh = fresh_for_;
    return options;
  }
  // What the publisher says now of this one key.
  std::string Publishing(const SigningKey& key) const {
    return Published({Jwk(key, "access")}, *keys_.key("campaign"), clock_.Now());
  }
  bool Trusts(const SigningKey& key) const { return ring_.keys()->count(key.key_id()) == 1; }
  // Loads what the copy holds and asks nobody.
  std::string LogOfReadingTheCopy() {
    KeyFollower follower(Options(), ring_, clock_, log_);
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(follower.Load().ok());
    follower.Follow(source_.source(), cache_);
    return ::testing::internal::GetCapturedStderr();
  }
  void Begin() {
    follower_ = std::make_unique<KeyFollower>(Options(), ring_, clock_, log_);
    ASSERT_TRUE(follower_->Load().ok());
    follower_->Follow(source_.source(), cache_);
    thread_ = std::thread([this] { follower_->Run(); });
  }
  void End() {
    if (!thread_.joinable()) return;
    follower_->Stop();
    thread_.join();
  }

  const test::TestKeys keys_;
  const test::TempDir folder_;
  const std::string cache_ = folder_.path() + "/campaign.jwks";
  const std::shared_ptr<SigningKey> fresh_ =
      SigningKey::Generate(folder_.path() + "/fresh.pem").value();
  ManualClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  Logger log_{"testing", clock_};
  KeyRing ring_;
  CountedSource source_;
  absl::Duration fresh_for_ = KeyFollowerOptions().fresh;
  std::unique_ptr<KeyFollower> follower_;
  std::thread thread_;
};

TEST_F(KeyFollowerTest, UnknownKeysAskAtOnceButNotTooOften) {
  source_.Answer(Publishing(*keys_.key("access")));
  Begin();
  EXPECT_EQ(source_.Await(1), 1);
  for (int i = 0; i < 1000; ++i) ring_.NoteUnknownKey();
  clock_.Advance(absl::Seconds(6));
  EXPECT_EQ(source_.Await(2), 2) << "one question for all of them, once the pause is over";
  clock_.Advance(absl::Minutes(6));
  EXPECT_EQ(source_.Await(3), 3) << "and one every few minutes in any case";
  End();
  EXPECT_EQ(source_.Await(3), 3);
}

TEST_F(KeyFollowerTest, AFailureKeepsTheKeysAndIsLoggedOnce) {
  source_.Answer(Publishing(*fresh_));
  ::testing::internal::CaptureStderr();
  Begin();
  source_.Await(1);
  source_.Answer(std::string("{\"keys\":[]}"));
  for (int asked = 2; asked < 6; ++asked) {
    clock_.Advance(absl::Minutes(6));
    source_.Await(asked);
  }
  source_.Answer(Publishing(*fresh_));
  clock_.Advance(absl::Minutes(6));
  source_.Await(6);
  End();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(Trusts(*fresh_));
  const std::vector<std::string> lines = absl::StrSplit(log, '\n', absl::SkipEmpty());
  EXPECT_THAT(lines, ::testing::ElementsAre(::testing::HasSubstr("keys cannot be read again"),
                                            ::testing::HasSubstr("keys are read again")));
}

TEST_F(KeyFollowerTest, ADamagedCopyIsPassedOver) {
  std::ofstream(cache_) << "{\"keys\":[";
  Begin();
  source_.Await(1);
  End();
  EXPECT_EQ(ring_.keys()->count(keys_.key("access")->key_id()), 1u);
  EXPECT_EQ(Read(cache_), "{\"keys\":[") << "nothing was published that could replace it";
}

// Whoever answers on campaign's port while campaign is away.
TEST_F(KeyFollowerTest, AnImpostorsListIsRefusedAndTheKeysStay) {
  const test::TestKeys strangers;
  const json forged = Jwk(*strangers.key("access"), "access");
  json stolen = json::parse(Publishing(*fresh_));
  stolen["keys"].push_back(forged);  // under a signature that was made for another list
  json future =
      json::parse(Published({forged}, *keys_.key("campaign"), clock_.Now() + absl::Hours(24)));
  source_.Answer(Publishing(*fresh_));
  ::testing::internal::CaptureStderr();
  Begin();
  int asked = 1;
  source_.Await(asked);
  for (const std::string& list :
       {Jwks({forged}), Published({forged}, *strangers.key("campaign"), clock_.Now()),
        Published({forged}, *keys_.key("scoring"), clock_.Now()),
        Published({forged}, *keys_.key("access"), clock_.Now()), stolen.dump(), future.dump(),
        std::string(R"({"keys":[],"thidua_signature":5})"),
        std::string(R"({"keys":[],"thidua_signature":{"kid":[],"iat":-1,"sig":7}})"),
        R"({"keys":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}",
        std::string(100'000, '['), std::string(300'000, ' ')}) {
    source_.Answer(list);
    clock_.Advance(absl::Minutes(6));
    source_.Await(++asked);
  }
  End();
  EXPECT_FALSE(Trusts(*strangers.key("access")));
  EXPECT_TRUE(Trusts(*fresh_));
  const std::string log = ::testing::internal::GetCapturedStderr();
  const std::vector<std::string> lines = absl::StrSplit(log, '\n', absl::SkipEmpty());
  EXPECT_THAT(lines, ::testing::ElementsAre(::testing::HasSubstr("is not signed")));
  EXPECT_EQ(json::parse(Read(cache_))["keys"][0]["kid"], fresh_->key_id());
}

TEST_F(KeyFollowerTest, AListOfEarlierIsRefused) {
  const std::string earlier = Publishing(*keys_.key("notify"));  // a key that was given up since
  clock_.Advance(absl::Minutes(1));
  source_.Answer(Publishing(*fresh_));
  Begin();
  source_.Await(1);
  source_.Answer(earlier);
  clock_.Advance(absl::Minutes(6));
  source_.Await(2);
  End();
  EXPECT_TRUE(Trusts(*fresh_)) << "an earlier list does not take the place of a later one";
}

TEST_F(KeyFollowerTest, AnsweredListsMustBeNew) {
  source_.Answer(Publishing(*fresh_));
  clock_.Advance(absl::Minutes(11));
  Begin();
  source_.Await(1);
  End();
  EXPECT_FALSE(Trusts(*fresh_));
}

TEST_F(KeyFollowerTest, ATamperedCopyIsRefused) {
  std::ofstream(cache_) << Publishing(*fresh_);
  EXPECT_EQ(LogOfReadingTheCopy(), "");
  ASSERT_TRUE(Trusts(*fresh_));
  ring_.SetPublished({});
  json copy = json::parse(Publishing(*fresh_));
  const test::TestKeys strangers;
  copy["keys"].push_back(Jwk(*strangers.key("access"), "access"));
  std::ofstream(cache_) << copy.dump();
  EXPECT_THAT(LogOfReadingTheCopy(), ::testing::HasSubstr("does not fit"));
  EXPECT_FALSE(Trusts(*strangers.key("access")));
  EXPECT_FALSE(Trusts(*fresh_));
  copy.erase("thidua_signature");
  std::ofstream(cache_) << copy.dump();
  EXPECT_THAT(LogOfReadingTheCopy(), ::testing::HasSubstr("is not signed"));
  EXPECT_FALSE(Trusts(*strangers.key("access")));
}

TEST_F(KeyFollowerTest, ACopyCountsForAWeek) {
  json copy = json::parse(Publishing(*fresh_));
  std::ofstream(cache_) << copy.dump();
  clock_.Advance(absl::Hours(7 * 24));
  EXPECT_EQ(LogOfReadingTheCopy(), "");
  EXPECT_TRUE(Trusts(*fresh_));
  ring_.SetPublished({});
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(LogOfReadingTheCopy(), ::testing::HasSubstr("too old"));
  EXPECT_FALSE(Trusts(*fresh_));
  copy["thidua_signature"]["iat"] = absl::ToUnixSeconds(clock_.Now());
  std::ofstream(cache_) << copy.dump();
  EXPECT_THAT(LogOfReadingTheCopy(), ::testing::HasSubstr("does not fit"));
  EXPECT_FALSE(Trusts(*fresh_)) << "the age is signed too";
}

// Replicas share their --data_dir.
TEST_F(KeyFollowerTest, TwoFollowersKeepOneCopy) {
  fresh_for_ = absl::Hours(1);  // the clock may go on twice between a list and its being taken
  KeyRing other_ring;
  CountedSource other_source;
  KeyFollower other(Options(), other_ring, clock_, log_);
  ASSERT_TRUE(other.Load().ok());
  other.Follow(other_source.source(), cache_);
  ::testing::internal::CaptureStderr();
  source_.Answer(Publishing(*fresh_));
  other_source.Answer(Publishing(*fresh_));
  Begin();
  std::thread thread([&] { other.Run(); });
  for (int asked = 1; asked <= 50; ++asked) {
    source_.Await(asked);
    other_source.Await(asked);
    // Lists of different length, so that one over the other would be neither.
    source_.Answer(Publishing(*fresh_));
    other_source.Answer(Published({Jwk(*keys_.key("access"), "access"), Jwk(*fresh_, "access")},
                                  *keys_.key("campaign"), clock_.Now()));
    clock_.Advance(absl::Minutes(6));
  }
  End();
  other.Stop();
  thread.join();
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(LogOfReadingTheCopy(), "");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    names.push_back(entry.path().filename());
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("campaign.jwks", "fresh.pem"));
}

// campaign's AccessService as far as keys go.
class PublishingService final : public campaign::v1::AccessService::CallbackService {
 public:
  PublishingService(Admission& admission, std::string jwks)
      : runner_(admission, campaign::v1::AccessService::service_full_name()),
        jwks_(std::move(jwks)) {}
  grpc::ServerUnaryReactor* GetJwks(grpc::CallbackServerContext* c,
                                    const campaign::v1::GetJwksRequest* q,
                                    google::api::HttpBody* r) override {
    return runner_.Unary("GetJwks", c, q, r, [this](const Call&, const auto&, auto& res) {
      res.set_content_type("application/json");
      absl::MutexLock lock(&mutex_);
      res.set_data(jwks_);
      return absl::OkStatus();
    });
  }
  void Publish(std::string jwks) {
    absl::MutexLock lock(&mutex_);
    jwks_ = std::move(jwks);
  }

 private:
  const Runner runner_;
  absl::Mutex mutex_;
  std::string jwks_ ABSL_GUARDED_BY(mutex_);
};

class RotationTest : public ::testing::Test {
 protected:
  RotationTest() : campaign_("campaign", keys_) {
    publishing_ = &campaign_.host().Add(std::make_unique<PublishingService>(
        campaign_.host().admission(), Listing(*keys_.key("access"))));
    campaign_.Start();
  }
  // What campaign publishes when it lists this key alone.
  std::string Listing(const SigningKey& key) const {
    return Published({Jwk(key, "access")}, *keys_.key("campaign"), absl::Now());
  }
  void StartService() {
    HostOptions options;
    options.service_name = "testing";
    options.profile = "test";
    options.jwks_file = keys_.jwks_file();
    options.metrics_listen = "";
    options.key_fetch_gap = absl::ZeroDuration();
    auto host = ServerHost::Create(options);
    ASSERT_TRUE(host.ok()) << host.status();
    host_ = *std::move(host);
    host_->Add(std::make_unique<EchoService>(host_->admission()));
    host_->FollowKeys(JwksOfCampaign(campaign_.PeerFor("scoring")), cache_);
    ASSERT_TRUE(host_->Start().ok());
    stub_ = testing::v1::EchoService::NewStub(grpc::CreateChannel(
        "127.0.0.1:" + std::to_string(host_->port()), grpc::InsecureChannelCredentials()));
  }
  static std::string TokenOf(const SigningKey& key) {
    return *MintAccessToken(key, {"person:1", {}}, absl::Now(), absl::Hours(1));
  }
  std::string Try(const std::string& token) {
    EchoResponse response;
    const grpc::Status status =
        stub_->TokenEcho(test::WithToken(token).get(), EchoRequest(), &response);
    if (!status.ok()) EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    return test::Reason(status);
  }
  // Calls until the answer has this reason: what a client does that is told to log in again.
  bool TryUntil(const std::string& token, const std::string& reason) {
    const absl::Time limit = absl::Now() + absl::Seconds(30);
    while (absl::Now() < limit) {
      if (Try(token) == reason) return true;
    }
    return false;
  }

  const test::TestKeys keys_;
  const test::TempDir folder_;
  const std::string cache_ = folder_.path() + "/campaign.jwks";
  const std::shared_ptr<SigningKey> fresh_ =
      SigningKey::Generate(folder_.path() + "/fresh.pem").value();
  test::TestServer campaign_;
  PublishingService* publishing_ = nullptr;
  std::unique_ptr<ServerHost> host_;
  std::unique_ptr<testing::v1::EchoService::Stub> stub_;
};

TEST_F(RotationTest, ANewKeyIsTakenUpWithoutARestart) {
  StartService();
  EXPECT_EQ(Try(TokenOf(*keys_.key("access"))), "");
  EXPECT_EQ(Try(TokenOf(*fresh_)), "TOKEN_KEY_UNKNOWN");
  publishing_->Publish(Listing(*fresh_));
  EXPECT_TRUE(TryUntil(TokenOf(*fresh_), ""));
  EXPECT_EQ(Try(TokenOf(*keys_.key("access"))), "") << "the operator's file still trusts it";
}

TEST_F(RotationTest, AKeyThatIsPublishedNoMoreIsNotTrusted) {
  publishing_->Publish(Listing(*fresh_));
  StartService();
  EXPECT_TRUE(TryUntil(TokenOf(*fresh_), ""));
  publishing_->Publish(Listing(*keys_.key("access")));
  const test::TestKeys strangers;
  EXPECT_EQ(Try(TokenOf(*strangers.key("access"))), "TOKEN_KEY_UNKNOWN");  // makes it ask
  EXPECT_TRUE(TryUntil(TokenOf(*fresh_), "TOKEN_KEY_UNKNOWN"));
}

TEST_F(RotationTest, WhileCampaignIsAwayTheCopyOnDiskVerifies) {
  const std::string list = Listing(*fresh_);
  publishing_->Publish(list);
  StartService();
  ASSERT_TRUE(TryUntil(TokenOf(*fresh_), ""));
  host_->Shutdown();
  EXPECT_EQ(Read(cache_), list);
  campaign_.host().Shutdown();
  StartService();
  EXPECT_EQ(Try(TokenOf(*fresh_)), "") << "at once, from the copy";
  const test::TestKeys strangers;
  EXPECT_EQ(Try(TokenOf(*strangers.key("access"))), "TOKEN_KEY_UNKNOWN");
  EXPECT_EQ(Try(TokenOf(*fresh_)), "") << "and after campaign could not be asked";
}

TEST_F(RotationTest, AKeyAddedToTheOperatorsFileIsTakenUp) {
  StartService();
  EXPECT_EQ(Try(TokenOf(*fresh_)), "TOKEN_KEY_UNKNOWN");
  json file = json::parse(Read(keys_.jwks_file()));
  file["keys"].push_back(Jwk(*fresh_, "access"));
  const std::string next = keys_.jwks_file() + ".next";
  std::ofstream(next) << file.dump();
  ASSERT_EQ(std::rename(next.c_str(), keys_.jwks_file().c_str()), 0);
  EXPECT_TRUE(TryUntil(TokenOf(*fresh_), ""));
}

TEST_F(RotationTest, ATokenWhoseKeyIdIsNoTextIsMalformed) {
  StartService();
  for (const char* header : {R"({"alg":"EdDSA","kid":5})", R"({"alg":"EdDSA","kid":null})",
                             R"({"alg":"EdDSA","kid":{"a":[]}})", R"({"alg":"EdDSA"})"}) {
    EXPECT_EQ(Try(ed25519::Base64Url(header) + "." + ed25519::Base64Url("{}") + "." +
                  ed25519::Base64Url("x")),
              "TOKEN_MALFORMED")
        << header;
  }
}

}  // namespace
}  // namespace thidua::platform
