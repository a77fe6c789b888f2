// A CSV file of dossiers → rows as they would be pushed. Pure.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "scoring/dossiers/ingest.h"

namespace thidua::scoring::dossiers {

// UTF-8 with a header line that names fields of DossierRow, in any order; the optional due_date,
// finished_date and event_version may be left out. Quotes as in RFC 4180. channel is 1..3 or its
// name, status 1..10 or its name ("FINISHED"), event_time RFC 3339.
// What is wrong with the file as such (CSV_NOT_UTF8, CSV_COLUMN, CSV_WIDTH, CSV_QUOTE, CSV_EMPTY,
// TOO_MANY_ROWS) is refused with the line; what is wrong with a value comes back as the row's
// error, because it is left as pushed and refused there.
absl::StatusOr<Rows> ReadDossierCsv(std::string_view bytes);

}  // namespace thidua::scoring::dossiers
