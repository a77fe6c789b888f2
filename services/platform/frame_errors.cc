#include "platform/frame_errors.h"

#include <string>

#include "platform/status.h"

namespace thidua::platform {

absl::Status Overloaded() {
  return Unavailable("OVERLOADED",
                     {"Hệ thống đang quá tải; hãy thử lại sau giây lát",
                      "The service is overloaded; retry shortly"},
                     absl::Seconds(1));
}

absl::Status TooManyStreams() {
  return Unavailable("TOO_MANY_STREAMS",
                     {"Đang có quá nhiều luồng loại này; hãy thử lại sau giây lát",
                      "Too many streams of this kind are open; retry shortly"},
                     absl::Seconds(5));
}

absl::Status ReaderTooSlow() {
  return Unavailable("READER_TOO_SLOW",
                     {"Bên nhận không đọc luồng kịp thời; hãy nối lại",
                      "The stream was not read in time; open it again"},
                     absl::Seconds(1));
}

absl::Status NotReady() {
  return Unavailable("NOT_READY",
                     {"Dịch vụ đang khởi động; hãy thử lại sau giây lát",
                      "The service is still starting; retry shortly"},
                     absl::Seconds(1));
}

absl::Status DeadlineTooShort() {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kDeadlineExceeded;
  spec.reason = "DEADLINE_TOO_SHORT";
  spec.text = {"Thời hạn còn lại quá ngắn", "Too little time is left before the deadline"};
  return MakeError(spec);
}

absl::Status FrameMalformed() {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  spec.reason = "FRAME_MALFORMED";
  spec.text = {"Gói tin không đọc được: không phải thông điệp protobuf của lệnh gọi này",
               "The frame cannot be read: it is no protobuf message of this rpc"};
  return MakeError(spec);
}

absl::Status FrameTooLarge() {
  const std::string largest = std::to_string(kLargestMessage);
  ErrorSpec spec;
  spec.code = absl::StatusCode::kResourceExhausted;
  spec.reason = "FRAME_TOO_LARGE";
  spec.text = {"Gói tin quá dài; nhiều nhất là " + largest + " byte",
               "The frame is too long; at most " + largest + " bytes are taken"};
  spec.metadata = {{"largest", largest}};
  return MakeError(spec);
}

absl::Status StreamEmpty() {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  spec.reason = "STREAM_EMPTY";
  spec.text = {"Luồng kết thúc mà chưa gửi thông điệp nào",
               "The stream ended without a single message"};
  return MakeError(spec);
}

}  // namespace thidua::platform
