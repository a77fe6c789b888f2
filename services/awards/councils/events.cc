#include "awards/councils/events.h"

#include "awards/councils/store.h"
#include "awards/people.h"
#include "platform/status_macros.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::awards::councils {

std::map<std::string, feed::Handler> CampaignHandlers() {
  const auto person_changed = [](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const campaign::v1::PersonChanged person,
                     feed::PayloadOf<campaign::v1::PersonChanged>(event));
    return PutPost(tx, person.person_id(), person.unit_id(),
                   NameKey(person.person_id(), person.full_name()));
  };
  return {{"thidua.campaign.v1.PersonChanged", person_changed}};
}

}  // namespace thidua::awards::councils
