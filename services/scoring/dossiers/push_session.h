// One stream of PushDossiers.
#pragma once

#include <memory>
#include <string>

#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/feed/consumer.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/dossier_service.pb.h"

namespace thidua::scoring::dossiers {

// `campaign` as for Service.
std::unique_ptr<platform::ChunkSession<v1::PushDossiersRequest, v1::PushDossiersResponse>>
NewPushSession(db::Pool& pool, feed::Consumer* campaign);

}  // namespace thidua::scoring::dossiers
