#include "gateway/json_reader.h"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/json_capture.h"
#include "gateway/refusals.h"
#include "gateway/route_table.h"
#include "gateway/value_setter.h"
#include "gateway/well_known.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"
#include "platform/utf8.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;

// Names the body itself in errors, as google.api.http does.
constexpr char kWholeBody[] = "*";

// Protobuf refuses to parse messages nested more than 100 deep, on every side of a call.
constexpr int kMessageDepthLimit = 96;

// An object, array or map that is open.
struct Frame {
  enum Kind { kObject, kArray, kMap };
  Kind kind;
  pb::Message* message;              // kObject: the object; else the owner of the field
  const pb::FieldDescriptor* field;  // kObject: the field of the last key; else the field itself
  std::string key = {};              // kMap
  pb::Message* entry = nullptr;      // kMap
  int index = -1;                    // kArray
  std::set<std::string> seen = {};   // keys of kMap, proto names of kObject
  std::map<const pb::OneofDescriptor*, const pb::FieldDescriptor*> oneofs = {};
};

// Receives nlohmann's events. Each returns false once there is an error.
class Reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  Reader(pb::Message* message, const pb::FieldDescriptor* field) : root_(message) {
    if (field != nullptr) frames_.push_back({Frame::kObject, message, field});
  }
  absl::Status status() const { return status_; }

  bool null() override {
    if (capture_.active()) return Captured(capture_.Literal("null"));
    if (frames_.empty()) return Refuse(ValueInvalid(kWholeBody, "đối tượng JSON", "a JSON object"));
    const Frame& frame = frames_.back();
    if (frame.kind == Frame::kObject) {
      // null is "not given", but a google.protobuf.Value holds it.
      if (frame.field->message_type() == nullptr || frame.field->is_repeated() ||
          frame.field->message_type()->full_name() != "google.protobuf.Value") {
        return true;
      }
    }
    const std::optional<Slot> slot = NextSlot();
    if (!slot.has_value()) return false;
    if (IsAnyJson(*slot)) return StartCapture(*slot) && Captured(capture_.Literal("null"));
    return Refuse(ValueInvalid(Path(), "một giá trị khác null", "a value other than null"));
  }
  bool boolean(bool value) override {
    if (capture_.active()) return Captured(capture_.Literal(value ? "true" : "false"));
    return Scalar([&](Slot slot) { return SetFromJsonBool(slot, value, Path()); },
                  [&] { return capture_.Literal(value ? "true" : "false"); });
  }
  bool number_integer(number_integer_t value) override {
    return NumberText(int64_t{value}, absl::StrCat(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return NumberText(uint64_t{value}, absl::StrCat(value));
  }
  bool number_float(number_float_t value, const string_t& text) override {
    return NumberText(value, text);
  }
  bool string(string_t& value) override {
    if (capture_.active()) return Captured(capture_.Text(value));
    return Scalar([&](Slot slot) { return SetFromJsonString(slot, value, Path()); },
                  [&] { return capture_.Text(value); });
  }
  bool binary(binary_t&) override { return false; }  // never in JSON text

  bool start_object(std::size_t) override {
    if (!Deeper()) return false;
    if (capture_.active()) return OpenCaptured('{');
    if (frames_.empty()) return Push({Frame::kObject, root_, nullptr});
    if (frames_.back().kind == Frame::kObject && frames_.back().field->is_map()) {
      if (!ClaimOneof()) return false;
      return Push({Frame::kMap, frames_.back().message, frames_.back().field});
    }
    const std::optional<Slot> slot = NextSlot();
    if (!slot.has_value()) return false;
    if (IsAnyJson(*slot)) return StartCapture(*slot) && OpenCaptured('{');
    const pb::Descriptor* type = slot->field->message_type();
    if (type == nullptr || WrappedField(type) != nullptr || ReadsFromText(type)) {
      return Refuse(RefuseType(slot->field, Path()));
    }
    return Push({Frame::kObject, OpenMessage(*slot), nullptr});
  }
  bool key(string_t& name) override {
    if (capture_.active()) return capture_.Key(name), true;
    Frame& frame = frames_.back();
    if (frame.kind == Frame::kMap) return MapKey(&frame, name);
    const pb::FieldDescriptor* field = FindField(frame.message->GetDescriptor(), name);
    if (field == nullptr) {
      frame.field = nullptr;
      const std::string parent = Path();
      return Refuse(UnknownField(parent.empty() ? name : absl::StrCat(parent, ".", name)));
    }
    frame.field = field;
    if (!frame.seen.insert(field->name()).second) return Refuse(DuplicateField(Path()));
    return true;
  }
  bool end_object() override { return End('}'); }

  bool start_array(std::size_t) override {
    if (!Deeper()) return false;
    if (capture_.active()) return OpenCaptured('[');
    if (frames_.empty()) return Refuse(ValueInvalid(kWholeBody, "đối tượng JSON", "a JSON object"));
    const Frame& frame = frames_.back();
    if (frame.kind == Frame::kObject && frame.field->is_repeated() && !frame.field->is_map()) {
      return Push({Frame::kArray, frame.message, frame.field});
    }
    const std::optional<Slot> slot = NextSlot();
    if (!slot.has_value()) return false;
    if (IsAnyJson(*slot)) return StartCapture(*slot) && OpenCaptured('[');
    return Refuse(RefuseType(slot->field, Path()));
  }
  bool end_array() override { return End(']'); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& error) override {
    // "[json.exception…] parse error at line 1, column 5: <what>; last read: '<their text>'"
    std::string what = error.what();
    if (const size_t echo = what.find("; last read"); echo != std::string::npos) what.resize(echo);
    if (const size_t colon = what.find(": "); colon != std::string::npos) what.erase(0, colon + 2);
    status_ = JsonMalformed(position, what);
    return false;
  }

 private:
  bool Refuse(platform::FieldViolation violation) {
    status_ = platform::InvalidFields({std::move(violation)});
    return false;
  }

  bool Deeper() { return ++depth_ <= kJsonDepthLimit || TooDeep(); }
  bool TooDeep() {
    status_ = JsonTooDeep(kJsonDepthLimit);
    return false;
  }

  bool Push(Frame frame) {
    messages_ += MessagesIn(frame);
    frames_.push_back(std::move(frame));
    return messages_ <= kMessageDepthLimit || TooDeep();
  }
  bool OpenCaptured(char bracket) {
    messages_ += CapturedMessagesIn(bracket);
    capture_.Open(bracket);
    return messages_ <= kMessageDepthLimit || TooDeep();
  }
  // How many messages one level of JSON puts into each other. In free JSON a ListValue lies in a
  // Value, and a Struct in a Value in a map entry.
  static int MessagesIn(const Frame& frame) { return frame.kind == Frame::kArray ? 0 : 1; }
  static int CapturedMessagesIn(char bracket) { return bracket == '[' || bracket == ']' ? 2 : 3; }

  bool End(char bracket) {
    --depth_;
    if (capture_.active()) {
      messages_ -= CapturedMessagesIn(bracket);
      return Captured(capture_.Close(bracket));
    }
    messages_ -= MessagesIn(frames_.back());
    frames_.pop_back();
    return true;
  }

  // Where the value that now begins belongs; nothing, with the error set, when it has no place.
  std::optional<Slot> NextSlot() {
    if (frames_.empty()) {
      Refuse(ValueInvalid(kWholeBody, "đối tượng JSON", "a JSON object"));
      return std::nullopt;
    }
    Frame& frame = frames_.back();
    switch (frame.kind) {
      case Frame::kArray:
        ++frame.index;
        return Slot{frame.message, frame.field};
      case Frame::kMap:
        return Slot{frame.entry, frame.entry->GetDescriptor()->map_value()};
      case Frame::kObject:
        if (frame.field->is_map()) {
          Refuse(ValueInvalid(Path(), "đối tượng JSON", "a JSON object"));
          return std::nullopt;
        }
        if (frame.field->is_repeated()) {
          Refuse(ValueInvalid(Path(), "mảng JSON", "a JSON array"));
          return std::nullopt;
        }
        if (!ClaimOneof()) return std::nullopt;
        return Slot{frame.message, frame.field};
    }
    return std::nullopt;
  }

  bool ClaimOneof() {
    Frame& frame = frames_.back();
    const pb::OneofDescriptor* oneof = frame.field->real_containing_oneof();
    if (oneof == nullptr) return true;
    const auto [entry, fresh] = frame.oneofs.try_emplace(oneof, frame.field);
    if (fresh) return true;
    return Refuse(OneofConflict(Path(), entry->second->name()));
  }

  bool MapKey(Frame* frame, const std::string& name) {
    frame->key = name;
    if (!frame->seen.insert(name).second) return Refuse(DuplicateField(Path()));
    frame->entry = frame->message->GetReflection()->AddMessage(frame->message, frame->field);
    const pb::FieldDescriptor* key = frame->entry->GetDescriptor()->map_key();
    if (Refusal refusal = SetFromUrlText({frame->entry, key}, name, Path())) {
      return Refuse(*std::move(refusal));
    }
    return true;
  }

  template <class Set, class Capture>
  bool Scalar(Set set, Capture capture) {
    const std::optional<Slot> slot = NextSlot();
    if (!slot.has_value()) return false;
    if (IsAnyJson(*slot)) return StartCapture(*slot) && Captured(capture());
    if (Refusal refusal = set(*slot)) return Refuse(*std::move(refusal));
    return true;
  }

  bool NumberText(Number value, const std::string& text) {
    if (capture_.active()) return Captured(capture_.Literal(text));
    return Scalar([&](Slot slot) { return SetFromJsonNumber(slot, value, Path()); },
                  [&] { return capture_.Literal(text); });
  }

  static bool IsAnyJson(Slot slot) {
    return slot.field->message_type() != nullptr && TakesAnyJson(slot.field->message_type());
  }
  bool StartCapture(Slot slot) {
    captured_into_ = OpenMessage(slot);
    capture_.Start();
    return true;
  }
  // `whole`: the captured value is complete.
  bool Captured(bool whole) {
    if (!whole) return true;
    if (pb::util::JsonStringToMessage(capture_.Finish(), captured_into_).ok()) return true;
    return Refuse(
        ValueInvalid(Path(), "JSON đúng kiểu của trường", "JSON that fits the type of the field"));
  }

  static pb::Message* OpenMessage(Slot slot) {
    const pb::Reflection* reflection = slot.message->GetReflection();
    return slot.field->is_repeated() ? reflection->AddMessage(slot.message, slot.field)
                                     : reflection->MutableMessage(slot.message, slot.field);
  }

  // "plan.milestones[2].end_date".
  std::string Path() const {
    std::string path;
    for (const Frame& frame : frames_) {
      switch (frame.kind) {
        case Frame::kObject:
          if (frame.field != nullptr) {
            absl::StrAppend(&path, path.empty() ? "" : ".", frame.field->name());
          }
          break;
        case Frame::kArray:
          if (frame.index >= 0) absl::StrAppend(&path, "[", frame.index, "]");
          break;
        case Frame::kMap:
          absl::StrAppend(&path, "[", frame.key, "]");
          break;
      }
    }
    return path;
  }

  pb::Message* const root_;
  std::vector<Frame> frames_;
  int depth_ = 0;     // of the JSON
  int messages_ = 0;  // nested in each other
  JsonCapture capture_;
  pb::Message* captured_into_ = nullptr;
  absl::Status status_;
};

absl::Status Read(std::string_view json, Reader* reader) {
  if (const std::optional<size_t> at = platform::FirstNonUtf8(json)) return NotUtf8("body", *at);
  nlohmann::json::sax_parse(json, reader);
  return reader->status();
}

}  // namespace

absl::Status ReadJsonMessage(std::string_view json, pb::Message* message) {
  Reader reader(message, nullptr);
  return Read(json, &reader);
}

absl::Status ReadJsonField(std::string_view json, pb::Message* message,
                           const pb::FieldDescriptor* field) {
  Reader reader(message, field);
  return Read(json, &reader);
}

}  // namespace thidua::gateway
