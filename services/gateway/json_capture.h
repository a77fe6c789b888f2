// Collects the parser events of one JSON value as JSON text again.
#pragma once

#include <string>

namespace thidua::gateway {

// Between Start and the event that completes the value, active() holds. The events that can
// complete a value say whether they did.
class JsonCapture {
 public:
  bool active() const { return active_; }
  void Start() {
    active_ = true;
    depth_ = 0;
    text_.clear();
  }
  bool Literal(const std::string& text);  // null, true, false, a number
  bool Text(const std::string& value);
  void Key(const std::string& name);
  void Open(char bracket);
  bool Close(char bracket);
  // The text of the value; ends the capture.
  std::string Finish() {
    active_ = false;
    return std::move(text_);
  }

 private:
  void Separate();
  bool active_ = false;
  int depth_ = 0;
  std::string text_;
};

}  // namespace thidua::gateway
