// Rankings and publications → messages.
#pragma once

#include <string>

#include "scoring/rankings/snapshot.h"
#include "scoring/rankings/store.h"
#include "thidua/scoring/v1/events.pb.h"
#include "thidua/scoring/v1/ranking_service.pb.h"

namespace thidua::scoring::rankings {

void ToProto(const Ranked& ranked, const Standing& standing, v1::RankingEntry& out);
void ToProto(const RankingRow& row, const Ranked& ranked, v1::Ranking& out);
// Without entries.
void ToProto(const PublicationRow& row, v1::Publication& out);
void ToProto(const PublicationRow& row, const Ranked& ranked, v1::Publication& out);
// The event of a publication.
void ToProto(const PublicationRow& row, const Ranked& ranked, v1::RankingPublished& out);

}  // namespace thidua::scoring::rankings
