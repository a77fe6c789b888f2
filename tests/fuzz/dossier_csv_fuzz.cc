// CSV files of dossiers, as district systems push them.
#include "fuzz/fuzz.h"
#include "platform/status.h"
#include "platform/utf8.h"
#include "scoring/dossiers/csv.h"

using thidua::fuzz::TextOf;
namespace dossiers = thidua::scoring::dossiers;
namespace platform = thidua::platform;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto rows = dossiers::ReadDossierCsv(TextOf(data, size));
  if (!rows.ok()) {
    FUZZ_CHECK(absl::IsInvalidArgument(rows.status()));
    for (const auto& field : platform::FieldsOf(rows.status())) {
      FUZZ_CHECK(!field.reason.empty());
      FUZZ_CHECK(!platform::FirstNonUtf8(field.text.vi).has_value());
      FUZZ_CHECK(!platform::FirstNonUtf8(field.text.en).has_value());
    }
    return 0;
  }
  FUZZ_CHECK(!rows->empty());
  for (const auto& row : *rows) {
    // A row goes over the wire, in the report of what became of it.
    thidua::scoring::v1::DossierRow copy;
    FUZZ_CHECK(copy.ParseFromString(row.SerializeAsString()));
  }
  return 0;
}
