#include "platform/db/migration_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/hash.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

namespace fs = std::filesystem;

// "0001_events.sql": four digits, an underscore, lower-case letters, digits and underscores.
bool IsMigrationName(const std::string& name) {
  if (name.size() < 10 || name.substr(name.size() - 4) != ".sql" || name[4] != '_') return false;
  for (size_t i = 0; i < name.size() - 4; ++i) {
    const char c = name[i];
    const bool digit = c >= '0' && c <= '9';
    if (i < 4 ? !digit : !(digit || (c >= 'a' && c <= 'z') || c == '_')) return false;
  }
  return true;
}

absl::Status Refuse(std::string_view reason, const std::string& path, platform::Text text) {
  text.vi = absl::StrCat(path, ": ", text.vi);
  text.en = absl::StrCat(path, ": ", text.en);
  return platform::FailedPrecondition(reason, std::move(text), {{"path", path}});
}

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return Refuse(
      "MIGRATION_UNREADABLE", path,
      {absl::StrCat("không đọc được (", why, ")"), absl::StrCat("cannot be read: ", why)});
}

// How the text at `at` ends what is neither statement nor quote: the position after a comment that
// starts here, or `at`.
size_t SkipComment(std::string_view sql, size_t at) {
  const std::string_view rest = sql.substr(at);
  const bool dashes = rest.size() >= 3 && rest[0] == '-' && rest[1] == '-' &&
                      absl::ascii_isspace(static_cast<unsigned char>(rest[2]));
  if (dashes || rest[0] == '#') {
    const size_t end = sql.find('\n', at);
    return end == std::string_view::npos ? sql.size() : end;
  }
  if (rest.size() >= 2 && rest[0] == '/' && rest[1] == '*') {
    const size_t end = sql.find("*/", at + 2);
    return end == std::string_view::npos ? sql.size() : end + 2;
  }
  return at;
}

// The position after the quoted text that starts here.
size_t SkipQuoted(std::string_view sql, size_t at) {
  const char quote = sql[at];
  for (size_t i = at + 1; i < sql.size(); ++i) {
    if (sql[i] == '\\' && quote != '`') {
      ++i;
    } else if (sql[i] == quote) {
      return i + 1;  // a doubled quote starts another quoted text at once: the same for us
    }
  }
  return sql.size();
}

bool EndsLine(std::string_view sql, size_t at) {
  while (at < sql.size() && (sql[at] == ' ' || sql[at] == '\t' || sql[at] == '\r')) ++at;
  return at == sql.size() || sql[at] == '\n';
}

}  // namespace

std::vector<std::string> SplitStatements(std::string_view sql) {
  std::vector<std::string> statements;
  std::string statement;  // without comments
  const auto finish = [&] {
    const std::string trimmed(absl::StripAsciiWhitespace(statement));
    if (!trimmed.empty()) statements.push_back(trimmed);
    statement.clear();
  };
  for (size_t i = 0; i < sql.size();) {
    if (const size_t after = SkipComment(sql, i); after != i) {
      statement += ' ';
      i = after;
    } else if (sql[i] == '\'' || sql[i] == '"' || sql[i] == '`') {
      const size_t after = SkipQuoted(sql, i);
      statement += sql.substr(i, after - i);
      i = after;
    } else if (sql[i] == ';' && EndsLine(sql, i + 1)) {
      finish();
      ++i;
    } else {
      statement += sql[i++];
    }
  }
  finish();
  return statements;
}

absl::StatusOr<std::vector<MigrationFile>> ReadSeries(const MigrationSeries& series) {
  std::vector<MigrationFile> files;
  std::error_code error;
  fs::directory_iterator entries(series.directory, error);
  if (error) return Unreadable(series.directory, error.message());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    const std::string path = entry.path().string();
    if (entry.path().extension() != ".sql") continue;
    if (!IsMigrationName(name)) {
      return Refuse("MIGRATION_NAME_MALFORMED", path,
                    {"tên tệp phải có dạng 0001_ten_tep.sql",
                     "the name must have the form 0001_some_words.sql"});
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || in.bad()) return Unreadable(path, "read error");
    MigrationFile file;
    file.series = series.name;
    file.version = static_cast<uint32_t>(std::stoul(name.substr(0, 4)));
    file.name = name.substr(0, name.size() - 4);
    file.sha256 = platform::Sha256Hex(bytes.str());
    file.statements = SplitStatements(bytes.str());
    if (file.statements.empty()) {
      return Refuse("MIGRATION_EMPTY", path,
                    {"không có câu lệnh nào", "there is no statement in it"});
    }
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(), [](const MigrationFile& a, const MigrationFile& b) {
    return std::pair(a.version, a.name) < std::pair(b.version, b.name);
  });
  for (size_t i = 1; i < files.size(); ++i) {
    if (files[i].version != files[i - 1].version) continue;
    return Refuse("MIGRATION_NUMBER_TWICE", files[i].full_name(),
                  {absl::StrCat("cùng số với ", files[i - 1].name),
                   absl::StrCat("has the same number as ", files[i - 1].name)});
  }
  return files;
}

}  // namespace thidua::db
