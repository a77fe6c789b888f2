#include "platform/ed25519.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/escaping.h"
#include "platform/hash.h"

namespace thidua::platform::ed25519 {
namespace {

absl::Status Failed(const std::string& what) { return absl::InternalError("Ed25519: " + what); }

struct FileCloser {
  void operator()(FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<FILE, FileCloser>;

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void KeyDeleter::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

absl::StatusOr<Key> Generate() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (key == nullptr) return Failed("no key could be made");
  return key;
}

absl::StatusOr<Key> LoadPrivatePem(const std::string& file) {
  File in(std::fopen(file.c_str(), "re"));
  if (in == nullptr) {
    return absl::NotFoundError("key file " + file + ": " + std::strerror(errno));
  }
  Key key(PEM_read_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError("key file " + file + " holds no Ed25519 private key");
  }
  return key;
}

absl::Status WritePrivatePem(evp_pkey_st* key, const std::string& file) {
  const std::string temporary = file + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return Failed(temporary + ": " + std::strerror(errno));
  File out(::fdopen(fd, "w"));
  const bool written =
      PEM_write_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
      std::fflush(out.get()) == 0 && ::fsync(fd) == 0;
  out.reset();
  if (!written || std::rename(temporary.c_str(), file.c_str()) != 0) {
    return Failed("could not write " + file + ": " + std::strerror(errno));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> PublicBytes(evp_pkey_st* key) {
  std::string bytes(32, '\0');
  size_t length = bytes.size();
  if (EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()), &length) !=
          1 ||
      length != bytes.size()) {
    return Failed("no public key");
  }
  return bytes;
}

absl::StatusOr<Key> FromPublicBytes(std::string_view bytes) {
  if (bytes.size() != 32) return absl::InvalidArgumentError("an Ed25519 public key has 32 bytes");
  Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(bytes), bytes.size()));
  if (key == nullptr) return Failed("not a public key");
  return key;
}

absl::StatusOr<std::string> Sign(evp_pkey_st* key, std::string_view bytes) {
  DigestContext context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  size_t length = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     Bytes(bytes), bytes.size()) != 1) {
    return Failed("signing failed");
  }
  return signature;
}

bool Verify(evp_pkey_st* key, std::string_view bytes, std::string_view signature) {
  DigestContext context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(bytes),
                          bytes.size()) == 1;
}

std::string Thumbprint(std::string_view public_bytes) {
  return Base64Url(
      Sha256(R"({"crv":"Ed25519","kty":"OKP","x":")" + Base64Url(public_bytes) + R"("})"));
}

std::string Base64Url(std::string_view bytes) {
  return absl::WebSafeBase64Escape(absl::string_view(bytes.data(), bytes.size()));
}

bool DecodeBase64Url(std::string_view text, std::string* bytes) {
  // absl also takes padding and the other alphabet; a signed text must have one form only.
  for (const char c : text) {
    const bool allowed = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!allowed) return false;
  }
  return absl::WebSafeBase64Unescape(absl::string_view(text.data(), text.size()), bytes);
}

}  // namespace thidua::platform::ed25519
