#include "campaign/exemplars/rules_exemplars.h"

#include <algorithm>

#include "platform/text_length.h"

namespace thidua::campaign::exemplars {
namespace {

constexpr size_t kLongestOutlet = 200;
constexpr size_t kLongestUrl = 500;

// http or https, a host, and nothing that ends a link or hides in it.
bool IsWebAddress(std::string_view url) {
  std::string_view rest = url;
  if (rest.substr(0, 8) == "https://") {
    rest.remove_prefix(8);
  } else if (rest.substr(0, 7) == "http://") {
    rest.remove_prefix(7);
  } else {
    return false;
  }
  const std::string_view host = rest.substr(0, rest.find('/'));
  return !host.empty() && host.find('@') == std::string_view::npos &&
         std::all_of(url.begin(), url.end(), [](char c) {
           return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\';
         });
}

}  // namespace

std::string_view TextOf(State state) {
  return state == State::kPublished ? "PUBLISHED" : "PROPOSED";
}

std::optional<State> StateFrom(std::string_view text) {
  if (text == "PROPOSED") return State::kProposed;
  if (text == "PUBLISHED") return State::kPublished;
  return std::nullopt;
}

Problems CheckPublication(const Publication& publication, absl::CivilDay today) {
  Problems problems;
  const size_t length = platform::TextLength(publication.outlet);
  if (length < 1 || length > kLongestOutlet) {
    problems.push_back({"outlet", "TEXT_LENGTH", "tên báo, đài, trang phải có 1 đến 200 ký tự",
                        "an outlet has 1 to 200 characters"});
  }
  if (!publication.url.empty() &&
      (publication.url.size() > kLongestUrl || !IsWebAddress(publication.url))) {
    problems.push_back({"url", "URL_MALFORMED",
                        "địa chỉ phải bắt đầu bằng http:// hoặc https://, tối đa 500 ký tự ASCII",
                        "an address begins with http:// or https:// and has at most 500 ASCII "
                        "characters"});
  }
  if (publication.date > today) {
    problems.push_back({"publication_date", "DATE_TO_COME", "ngày đăng chưa đến",
                        "the day of publication is still to come"});
  }
  return problems;
}

bool MayNamePerson(bool individual, std::string_view person_id) {
  return individual || person_id.empty();
}

bool MayPublish(std::string_view proposer, std::string_view publisher) {
  return proposer != publisher;
}

bool IsOfAnother(std::string_view person_id, std::string_view caller_person_id) {
  return person_id.empty() || person_id != caller_person_id;
}

bool NamesPerson(const std::vector<std::string>& honoree, const std::vector<std::string>& name) {
  return !name.empty() &&
         std::search(honoree.begin(), honoree.end(), name.begin(), name.end()) != honoree.end();
}

}  // namespace thidua::campaign::exemplars
