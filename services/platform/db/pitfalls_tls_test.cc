// TLS to the database: on when a CA is configured, or no connection at all. The library's
// OPT_SSL_MODE=REQUIRED and sslEnforce both fall back to plaintext without a word.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/db/pool.h"
#include "platform/status.h"
#include "support/tcp_gate.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

// Runs a command of the shell; its output shows when it fails.
void Shell(const std::string& command) { EXPECT_EQ(std::system(command.c_str()), 0) << command; }

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = test::TestDatabase::CreateFrom({});
    folder_ = test::TestMariaDbFolder();
    options_ = database_->options();
    options_.socket = "";
    options_.host = "127.0.0.1";
    options_.user = "tls";
    std::ifstream(folder_ + "/port") >> options_.port;
    database_->Run("CREATE USER IF NOT EXISTS tls@'127.0.0.1'");
    database_->Run(absl::StrCat("GRANT ALL ON ", database_->schema(), ".* TO tls@'127.0.0.1'"));
  }
  // The cipher of a session, or how connecting failed.
  static absl::StatusOr<std::string> Cipher(const Options& options) {
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(options);
    if (!pool.ok()) return pool.status();
    std::string cipher;
    absl::Status status = (*pool)->ReadOnly(Soon(), [&](Session& session) {
      return session.Query(
          [&](const Row& row) {
            cipher = row.Get<std::string>(1);
            return absl::OkStatus();
          },
          "SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    });
    if (!status.ok()) return status;
    return cipher;
  }
  std::unique_ptr<test::TestDatabase> database_;
  std::string folder_;
  Options options_;
};

TEST_F(TlsTest, PitfallTlsIsReallyOnWhenConfigured) {
  const absl::StatusOr<std::string> plain = Cipher(options_);
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(*plain, "");  // the server would talk plaintext
  options_.tls_ca_file = folder_ + "/ca.pem";
  const absl::StatusOr<std::string> cipher = Cipher(options_);
  ASSERT_TRUE(cipher.ok()) << cipher.status();
  EXPECT_NE(*cipher, "");
}

TEST_F(TlsTest, PitfallAServerOfAnotherAuthorityIsRefused) {
  const std::string ca = folder_ + "/another_ca.pem";
  Shell(absl::StrCat("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes ",
                     "-days 2 -subj /CN=another -keyout ", ca, ".key -out ", ca, " 2>/dev/null"));
  options_.tls_ca_file = ca;
  const absl::Status status = Cipher(options_).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_EQ(platform::ReasonOf(status), "DATABASE_UNAVAILABLE");
}

TEST_F(TlsTest, PitfallAServerOfAnotherNameIsRefused) {
  options_.tls_ca_file = folder_ + "/ca.pem";
  options_.host = "127.0.0.2";  // not in the certificate
  test::TcpGate gate(options_.port, "127.0.0.2");
  options_.port = gate.port();
  const absl::Status status = Cipher(options_).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  options_.tls_ca_file = "";
  EXPECT_TRUE(Cipher(options_).ok());  // for nothing else
}

TEST_F(TlsTest, PitfallAServerWithoutTlsIsRefusedWhenTlsIsConfigured) {
  const std::string folder = folder_ + "/plain";
  const std::string script = "deploy/local/lib/mariadb.sh ";
  const int port = test::TcpGate(options_.port).port();  // free again
  Shell(absl::StrCat(script, "start ", folder,
                     " --skip-ssl --skip-networking=0 --bind-address=127.0.0.1 --port=", port));
  Shell(absl::StrCat("mariadb --no-defaults -uroot --socket=", folder,
                     "/socket -e \"CREATE OR REPLACE USER tls@'127.0.0.1'\""));
  options_.port = port;
  options_.schema = "information_schema";
  const absl::StatusOr<std::string> plain = Cipher(options_);
  EXPECT_TRUE(plain.ok()) << plain.status();  // it is there, in plaintext
  options_.tls_ca_file = folder_ + "/ca.pem";
  const absl::Status status = Cipher(options_).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  Shell(absl::StrCat(script, "stop ", folder, " && rm -rf ", folder));
}

}  // namespace
}  // namespace thidua::db
