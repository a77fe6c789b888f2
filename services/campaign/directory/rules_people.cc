#include "campaign/directory/rules_people.h"

#include <algorithm>
#include <array>

#include "platform/text_length.h"

namespace thidua::campaign::directory {
namespace {

constexpr std::array<std::pair<Category, std::string_view>, 5> kCategories = {{
    {Category::kUnknown, ""},
    {Category::kCadre, "CADRE"},
    {Category::kCivilServant, "CIVIL_SERVANT"},
    {Category::kPublicEmployee, "PUBLIC_EMPLOYEE"},
    {Category::kContractWorker, "CONTRACT_WORKER"},
}};

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsStaffCode(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlnum(c) || c == '.' || c == '_' || c == '-';
  });
}

bool IsEmail(std::string_view text) {
  const size_t at = text.find('@');
  if (text.size() > 254 || at == 0 || at == std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  const size_t dot = domain.find('.');
  if (dot == 0 || dot == std::string_view::npos || domain.back() == '.') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) {
                       return c > ' ' && c < 0x7F && c != ',' && c != ';' && c != '<' && c != '>' &&
                              c != '"';
                     }) &&
         domain.find('@') == std::string_view::npos;
}

bool IsE164(std::string_view text) {
  return text.size() >= 9 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void CheckPosts(const Person& person, const std::map<std::string, Span>& units,
                Problems* problems) {
  if (person.posts.empty()) {
    problems->push_back({"posts", "POST_MISSING", "phải có ít nhất một vị trí công tác",
                         "at least one post is needed"});
  }
  for (size_t i = 0; i < person.posts.size(); ++i) {
    const Post& post = person.posts[i];
    const std::string path = "posts[" + std::to_string(i) + "]";
    if (post.position.empty() || platform::TextLength(post.position) > 200) {
      problems->push_back({path + ".position", "TEXT_LENGTH", "chức danh phải có 1 đến 200 ký tự",
                           "a position has 1 to 200 characters"});
    }
    if (post.span.to && *post.span.to < post.span.from) {
      problems->push_back({path + ".valid_to", "SPAN_REVERSED", "ngày cuối trước ngày đầu",
                           "the last day is before the first"});
      continue;
    }
    const auto unit = units.find(post.unit_id);
    if (unit == units.end()) {
      problems->push_back(
          {path + ".unit", "UNKNOWN_UNIT", "không có đơn vị này", "there is no such unit"});
    } else if (!unit->second.Covers(post.span)) {
      problems->push_back({path + ".unit", "UNIT_NOT_VALID",
                           "đơn vị không tồn tại trong cả thời gian giữ vị trí",
                           "the unit does not exist as long as the post is held"});
    }
    for (size_t j = 0; j < i; ++j) {
      if (person.posts[j].span.Overlaps(post.span)) {
        problems->push_back({path + ".valid_from", "POSTS_OVERLAP", "cùng lúc giữ hai vị trí",
                             "two posts are held at the same time"});
      }
    }
  }
}

}  // namespace

std::optional<Category> CategoryFrom(std::string_view text) {
  for (const auto& [category, name] : kCategories) {
    if (name == text) return category;
  }
  return std::nullopt;
}

std::string_view TextOf(Category category) {
  for (const auto& [one, name] : kCategories) {
    if (one == category) return name;
  }
  return "";
}

Problems CheckPerson(const Person& person, const std::map<std::string, Span>& units) {
  Problems problems;
  if (!IsStaffCode(person.staff_code)) {
    problems.push_back({"staff_code", "STAFF_CODE",
                        "mã cán bộ gồm 1 đến 40 ký tự A-Z a-z 0-9 . _ -",
                        "a staff code has 1 to 40 of A-Z a-z 0-9 . _ -"});
  }
  if (person.full_name.empty() || platform::TextLength(person.full_name) > 200) {
    problems.push_back({"full_name", "TEXT_LENGTH", "họ tên phải có 1 đến 200 ký tự",
                        "a full name has 1 to 200 characters"});
  }
  if (!person.email.empty() && !IsEmail(person.email)) {
    problems.push_back(
        {"email", "EMAIL", "địa chỉ thư không đúng dạng", "the mail address is malformed"});
  }
  if (!person.phone.empty() && !IsE164(person.phone)) {
    problems.push_back({"phone", "PHONE", "số điện thoại phải có dạng +84…",
                        "a telephone number has the form +84…"});
  }
  if (platform::TextLength(person.note) > 1000) {
    problems.push_back({"note", "TEXT_LENGTH", "ghi chú dài quá 1000 ký tự",
                        "the remark is longer than 1000 characters"});
  }
  CheckPosts(person, units, &problems);
  return problems;
}

const Post* PostOn(const Person& person, absl::CivilDay day) {
  for (const Post& post : person.posts) {
    if (post.span.Holds(day)) return &post;
  }
  return nullptr;
}

}  // namespace thidua::campaign::directory
