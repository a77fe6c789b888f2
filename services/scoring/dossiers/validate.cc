#include "scoring/dossiers/validate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/hash.h"
#include "platform/status.h"

namespace thidua::scoring::dossiers {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool Made(std::string_view text, size_t longest, std::string_view also) {
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return IsAlphanumeric(c) || also.find(c) != std::string_view::npos;
         });
}

RowIssue Malformed(std::string field, std::string vi, std::string en) {
  return {std::move(field), "CODE_MALFORMED", std::move(vi), std::move(en)};
}

// The bytes that are hashed: one field a line. No field can hold a line break.
std::string Canonical(const std::string& dossier_code, const State& state) {
  const auto day = [](const std::optional<absl::CivilDay>& d) {
    return d.has_value() ? platform::FormatDate(*d) : std::string();
  };
  // Rows without a level have the hash that they had before there were levels.
  const std::string level = state.level == ServiceLevel::kNotSaid
                                ? ""
                                : absl::StrCat("\n", static_cast<int>(state.level));
  return absl::StrCat(dossier_code, "\n", state.unit_code, "\n", state.procedure_code, "\n",
                      static_cast<int>(state.channel), "\n", static_cast<int>(state.status), "\n",
                      day(state.received), "\n", day(state.due), "\n", day(state.finished), "\n",
                      state.event_micros, "\n", state.event_version, level);
}

std::optional<RowIssue> ReadCodes(const v1::DossierRow& row, State& state) {
  if (!Made(row.dossier_code(), 64, ".-_/")) {
    return Malformed("dossier_code", "Mã hồ sơ gồm 1–64 chữ, số và . - _ /",
                     "The dossier code is 1 to 64 letters, digits and . - _ /");
  }
  if (!Made(row.unit_code(), 35, ".")) {
    return Malformed("unit_code", "Mã đơn vị gồm 1–35 chữ, số và dấu chấm (QĐ 20/2020/QĐ-TTg)",
                     "The unit code is 1 to 35 letters, digits and dots");
  }
  if (!Made(row.procedure_code(), 40, ".-_/")) {
    return Malformed("procedure_code", "Mã thủ tục gồm 1–40 chữ, số và . - _ /",
                     "The procedure code is 1 to 40 letters, digits and . - _ /");
  }
  if (!v1::DossierChannel_IsValid(row.channel()) || row.channel() == 0) {
    return RowIssue{"channel", "CHANNEL_UNKNOWN",
                    "Kênh phải là trực tiếp, trực tuyến hoặc bưu chính",
                    "The channel must be direct, online or postal"};
  }
  if (!v1::DossierStatus_IsValid(row.status()) || row.status() == 0) {
    return RowIssue{"status", "STATUS_UNKNOWN", "Trạng thái phải từ 1 đến 10",
                    "The status must be 1 to 10"};
  }
  if (!v1::ServiceLevel_IsValid(row.service_level())) {
    return RowIssue{"service_level", "SERVICE_LEVEL_UNKNOWN",
                    "Mức độ cung cấp dịch vụ công phải là 2, 3, 4 hoặc để trống",
                    "The service level must be 2, 3, 4 or absent"};
  }
  state.level = static_cast<ServiceLevel>(row.service_level());
  state.unit_code = row.unit_code();
  state.procedure_code = row.procedure_code();
  state.channel = static_cast<Channel>(row.channel());
  state.status = static_cast<Status>(row.status());
  return std::nullopt;
}

std::optional<RowIssue> ReadOptionalDay(const std::string& text, const std::string& field,
                                        std::optional<absl::CivilDay>& out) {
  if (text.empty()) return std::nullopt;
  const std::variant<absl::CivilDay, RowIssue> day = ReadDay(text, field);
  if (std::holds_alternative<RowIssue>(day)) return std::get<RowIssue>(day);
  out = std::get<absl::CivilDay>(day);
  return std::nullopt;
}

std::optional<RowIssue> ReadDates(const v1::DossierRow& row, absl::CivilDay today, State& state) {
  std::optional<absl::CivilDay> received;
  for (auto [text, field, out] :
       {std::tuple(&row.received_date(), "received_date", &received),
        std::tuple(&row.due_date(), "due_date", &state.due),
        std::tuple(&row.finished_date(), "finished_date", &state.finished)}) {
    if (std::optional<RowIssue> issue = ReadOptionalDay(*text, field, *out)) return issue;
  }
  if (!received.has_value()) {
    return RowIssue{"received_date", "DATE_REQUIRED", "Thiếu ngày tiếp nhận",
                    "The date of receipt is required"};
  }
  state.received = *received;
  if (state.received > today) {
    return RowIssue{"received_date", "DATE_IN_FUTURE", "Ngày tiếp nhận sau ngày hôm nay",
                    "The date of receipt is after today"};
  }
  if (IsFinished(state.status) && !state.finished.has_value()) {
    return RowIssue{"finished_date", "DATE_REQUIRED", "Hồ sơ đã xử lý xong phải có ngày kết thúc",
                    "A finished dossier needs its date of finishing"};
  }
  if (!IsFinished(state.status) && !IsExcluded(state.status) && state.finished.has_value()) {
    return RowIssue{"finished_date", "DATE_NOT_ALLOWED",
                    "Hồ sơ chưa xử lý xong thì không có ngày kết thúc",
                    "An open dossier has no date of finishing"};
  }
  if (!state.finished.has_value()) return std::nullopt;
  if (*state.finished > today) {
    return RowIssue{"finished_date", "DATE_IN_FUTURE", "Ngày kết thúc sau ngày hôm nay",
                    "The date of finishing is after today"};
  }
  if (*state.finished < state.received) {
    return RowIssue{"finished_date", "FINISHED_BEFORE_RECEIVED",
                    "Ngày kết thúc trước ngày tiếp nhận",
                    "The date of finishing is before the date of receipt"};
  }
  return std::nullopt;
}

std::optional<RowIssue> ReadEvent(const v1::DossierRow& row, State& state) {
  constexpr int64_t kFirst = 946684800;  // 2000-01-01
  constexpr int64_t kLast = 7258118400;  // 2200-01-01
  const int64_t seconds = row.event_time().seconds();
  const int32_t nanos = row.event_time().nanos();
  if (seconds < kFirst || seconds >= kLast || nanos < 0 || nanos > 999999999) {
    return RowIssue{"event_time", "EVENT_TIME_REQUIRED",
                    "Thiếu thời điểm hệ thống nguồn ghi nhận trạng thái",
                    "The time at which the source recorded this state is required"};
  }
  if (row.event_version() < 0) {
    return RowIssue{"event_version", "VERSION_NEGATIVE", "Phiên bản không được âm",
                    "The version must not be negative"};
  }
  state.event_micros = seconds * 1000000 + nanos / 1000;
  state.event_version = row.event_version();
  return std::nullopt;
}

}  // namespace

std::variant<absl::CivilDay, RowIssue> ReadDay(const std::string& text, const std::string& field) {
  if (text.size() > 10) {
    absl::Time instant;
    std::string error;
    if (text.size() <= 40 && absl::ParseTime(absl::RFC3339_full, text, &instant, &error) &&
        text.find("infinite") == std::string::npos) {
      return absl::ToCivilDay(instant, platform::VietnamTime());
    }
    return RowIssue{field, "DATE_MALFORMED",
                    "Ngày phải có dạng năm-tháng-ngày hoặc thời điểm RFC 3339",
                    "A date is YYYY-MM-DD or an RFC 3339 time"};
  }
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, field);
  if (day.ok()) return *day;
  return RowIssue{field, platform::ReasonOf(day.status()), platform::TextOf(day.status(), "vi"),
                  platform::TextOf(day.status(), "en")};
}

std::variant<ReadRow, RowIssue> ReadOneRow(const v1::DossierRow& row, absl::CivilDay today) {
  ReadRow read;
  State& state = read.hashed.state;
  if (std::optional<RowIssue> issue = ReadCodes(row, state)) return *issue;
  if (std::optional<RowIssue> issue = ReadDates(row, today, state)) return *issue;
  if (std::optional<RowIssue> issue = ReadEvent(row, state)) return *issue;
  read.dossier_code = row.dossier_code();
  read.hashed.content_sha256 = platform::Sha256(Canonical(read.dossier_code, state));
  return read;
}

bool IsImportId(std::string_view text) { return Made(text, 64, "._-:"); }

}  // namespace thidua::scoring::dossiers
