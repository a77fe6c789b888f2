#include "notify/testing/smtp_sink.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

extern char** environ;

namespace thidua::notify::testing {
namespace {

void Require(bool ok, const char* what) {
  if (ok) return;
  std::perror(what);
  std::abort();
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string ReceivedMail::Header(const std::string& name) const {
  const std::string head = "\r\n" + raw.substr(0, raw.find("\r\n\r\n") + 2);
  const size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const size_t begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string ReceivedMail::Body() const {
  std::string body;
  const std::string encoded = raw.substr(raw.find("\r\n\r\n") + 4);
  Require(absl::Base64Unescape(absl::StrReplaceAll(encoded, {{"\r\n", ""}}), &body), "base64 body");
  return body;
}

SmtpSink::SmtpSink() {
  std::string pattern = (std::filesystem::temp_directory_path() / "thidua-sink-XXXXXX").string();
  Require(mkdtemp(pattern.data()) != nullptr, "mkdtemp");
  directory_ = pattern;
  int out[2];
  Require(pipe(out) == 0, "pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, out[0]);
  std::string script = "services/notify/testing/smtp_sink.py";  // tests run in the source folder
  char* const arguments[] = {script.data(), directory_.data(), nullptr};
  Require(posix_spawn(&process_, script.c_str(), &actions, nullptr, arguments, environ) == 0,
          "services/notify/testing/smtp_sink.py");
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  FILE* const lines = fdopen(out[0], "r");
  Require(std::fscanf(lines, "%d", &port_) == 1, "the mail sink did not tell its port");
  std::fclose(lines);
}

SmtpSink::~SmtpSink() {
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  std::filesystem::remove_all(directory_);
}

void SmtpSink::Behave(const std::string& behaviour) {
  const std::string path = directory_ + "/behaviour";
  std::ofstream(path + ".new") << behaviour << "\n";
  std::filesystem::rename(path + ".new", path);
}

std::vector<ReceivedMail> SmtpSink::Mails() const {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    if (entry.path().extension() == ".eml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<ReceivedMail> mails;
  for (const auto& file : files) {
    ReceivedMail mail;
    mail.raw = ReadFile(file);
    mail.sender = mail.Header("X-Sink-From");
    mail.recipients = mail.Header("X-Sink-To");
    mails.push_back(std::move(mail));
  }
  return mails;
}

}  // namespace thidua::notify::testing
