// Councils and ballots as the contract has them.
#pragma once

#include <vector>

#include "awards/councils/store.h"
#include "awards/councils/store_ballots.h"
#include "thidua/awards/v1/council_service.pb.h"

namespace thidua::awards::councils {

void ToProto(const CouncilRow& row, v1::Council* council);

// How a ballot is shown: votes only once it is closed, and never who voted how when it is secret.
void ToProto(const BallotRow& row, const std::vector<VoteRow>& votes, v1::Ballot* ballot);

// What the votes come to, by the ballot's own rule and roster.
Tally CountOf(const BallotRow& row, const std::vector<VoteRow>& votes);

// How many members have voted.
int VotersIn(const std::vector<VoteRow>& votes);

}  // namespace thidua::awards::councils
