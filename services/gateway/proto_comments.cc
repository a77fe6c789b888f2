#include "gateway/proto_comments.h"

#include <sstream>

namespace thidua::gateway {
namespace {

std::string Joined(const std::string& raw) {
  std::istringstream lines(raw);
  std::string out;
  bool paragraph = false;
  for (std::string line; std::getline(lines, line);) {
    const size_t first = line.find_first_not_of(" \t");
    if (first == std::string::npos) {
      paragraph = !out.empty();
      continue;
    }
    const size_t last = line.find_last_not_of(" \t\r");
    if (!out.empty()) out += paragraph ? "\n\n" : " ";
    out += line.substr(first, last - first + 1);
    paragraph = false;
  }
  return out;
}

}  // namespace

template <class Descriptor>
std::string CommentOf(const Descriptor* element) {
  google::protobuf::SourceLocation location;
  if (!element->GetSourceLocation(&location)) return "";
  const std::string leading = Joined(location.leading_comments);
  return leading.empty() ? Joined(location.trailing_comments) : leading;
}

template std::string CommentOf(const google::protobuf::Descriptor*);
template std::string CommentOf(const google::protobuf::FieldDescriptor*);
template std::string CommentOf(const google::protobuf::EnumDescriptor*);
template std::string CommentOf(const google::protobuf::EnumValueDescriptor*);
template std::string CommentOf(const google::protobuf::ServiceDescriptor*);
template std::string CommentOf(const google::protobuf::MethodDescriptor*);

std::string FirstSentence(const std::string& comment) {
  const std::string paragraph = comment.substr(0, comment.find("\n\n"));
  const size_t stop = paragraph.find(". ");
  std::string sentence = stop == std::string::npos ? paragraph : paragraph.substr(0, stop);
  if (!sentence.empty() && sentence.back() == '.') sentence.pop_back();
  return sentence;
}

}  // namespace thidua::gateway
