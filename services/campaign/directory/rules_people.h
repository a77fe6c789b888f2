// What a person in the directory must be.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/directory/rules_time.h"
#include "campaign/rules_problem.h"

namespace thidua::campaign::directory {

enum class Category { kUnknown, kCadre, kCivilServant, kPublicEmployee, kContractWorker };

// "CADRE" and so on, "" for unknown; nullopt when the text names none.
std::optional<Category> CategoryFrom(std::string_view text);
std::string_view TextOf(Category category);

struct Post {
  std::string unit_id;
  std::string position;
  Span span;
};

struct Person {
  std::string id;
  std::string staff_code;
  std::string full_name;
  Category category = Category::kUnknown;
  std::vector<Post> posts;
  std::string email;
  std::string phone;
  bool synthetic = false;
  std::string note;
  int64_t row_version = 0;
};

// R-DIR-10 One post or more, one at a time, each at a unit that exists as long as the post is held.
// R-DIR-11 Staff code [A-Za-z0-9._-]{1,40}; mail with one @ and a dot after it; telephone in E.164
// form. `units` holds the spans of the units named in the posts that exist.
Problems CheckPerson(const Person& person, const std::map<std::string, Span>& units);

// The post held on a date, or nullptr.
const Post* PostOn(const Person& person, absl::CivilDay day);

}  // namespace thidua::campaign::directory
