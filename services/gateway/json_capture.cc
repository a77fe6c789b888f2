#include "gateway/json_capture.h"

#include "nlohmann/json.hpp"

namespace thidua::gateway {

void JsonCapture::Separate() {
  // A string always ends in its quote, so these characters are always structure.
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_.push_back(',');
}

bool JsonCapture::Literal(const std::string& text) {
  Separate();
  text_ += text;
  return depth_ == 0;
}

bool JsonCapture::Text(const std::string& value) { return Literal(nlohmann::json(value).dump()); }

void JsonCapture::Key(const std::string& name) {
  Literal(nlohmann::json(name).dump());
  text_.push_back(':');
}

void JsonCapture::Open(char bracket) {
  Separate();
  text_.push_back(bracket);
  ++depth_;
}

bool JsonCapture::Close(char bracket) {
  text_.push_back(bracket);
  return --depth_ == 0;
}

}  // namespace thidua::gateway
