#include "notify/inbox/rules.h"

namespace thidua::notify::inbox {

bool PostCovers(const Post& post, absl::CivilDay notice_date) {
  return post.valid_from <= notice_date &&
         (!post.valid_to.has_value() || notice_date <= *post.valid_to);
}

bool IsBackfilled(const Post& post, absl::CivilDay notice_date, absl::CivilDay learned_on) {
  return PostCovers(post, notice_date) && learned_on - notice_date <= kBackfillDays;
}

}  // namespace thidua::notify::inbox
