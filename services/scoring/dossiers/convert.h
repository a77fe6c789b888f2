// Dossiers → messages.
#pragma once

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "scoring/dossiers/rules.h"
#include "scoring/dossiers/store.h"
#include "scoring/dossiers/store_imports.h"
#include "scoring/dossiers/timeliness.h"
#include "thidua/scoring/v1/dossier_service.pb.h"

namespace thidua::scoring::dossiers {

void ToProto(const std::string& dossier_code, const State& state, v1::DossierRow& out);
void ToProto(const ImportRow& import, const std::string& source, v1::DossierImport& out);
// Without history. `source` is the subject of the pushing system.
void ToProto(const DossierRecord& record, const std::string& source, absl::CivilDay today,
             v1::Dossier& out);
void ToProto(const Counts& counts, v1::TimelinessCounts& out);
// Totals, channels and the ratio.
void ToProto(const std::map<Channel, Counts>& by_channel, v1::TimelinessSummary& out);

}  // namespace thidua::scoring::dossiers
