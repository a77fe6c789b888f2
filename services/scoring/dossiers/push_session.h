// One stream of PushDossiers.
#pragma once

#include <memory>
#include <string>

#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/dossier_service.pb.h"

namespace thidua::scoring::dossiers {

std::unique_ptr<platform::ChunkSession<v1::PushDossiersRequest, v1::PushDossiersResponse>>
NewPushSession(db::Pool& pool);

}  // namespace thidua::scoring::dossiers
