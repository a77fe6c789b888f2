// Writes whose rights show only within the transaction, at what is really found to be touched; and
// an import as a write, whose answer is kept only when the file took effect.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::intake {

// db::Write for an import. A report of refused rows is answered but not stored under the request
// id: nothing was done, so the same file with the same id is judged anew when what it lacked (a
// unit, a person) is there.
absl::Status WriteImport(db::Pool& pool, const platform::Call& call,
                         const google::protobuf::Message& request, v1::ImportReport& report,
                         absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&)> body);

// The rights that a write needs. Its body tells them where it finds what it changes (an import:
// where it resolves codes), inside the transaction, so that nobody is judged at one unit and acts
// on another.
class Rights {
 public:
  // The call's own permission at a unit; "*" is everywhere.
  void Need(const std::string& unit_id) { Need(unit_id, ""); }
  // Another permission at a unit.
  void Need(const std::string& unit_id, const std::string& permission);
  // The body runs from its start: what an earlier run needed and was not asked for is forgotten.
  void Begin() { open_.clear(); }
  // Whether anything was needed at all.
  bool any() const { return !open_.empty() || !granted_.empty(); }
  // Whether all of it has been asked for and granted; a body writes nothing before.
  bool granted() const { return open_.empty(); }
  // Asks for what is open. PERMISSION_DENIED.
  absl::Status Ask(const platform::Call& call);

 private:
  using Right = std::pair<std::string, std::string>;  // unit, permission
  std::set<Right> open_;
  std::set<Right> granted_;
};

// db::Write for a body that tells the rights it needs. When it ends with a right open, all it did
// is rolled back, the claim of the request id too, the right is asked for and the body runs again,
// until it needs nothing new: asking reads units on a connection of its own, and who waited for a
// second connection while holding locks could wait for ever. A repeat gets the first answer and is
// asked for nothing.
absl::Status WriteWithRights(db::Pool& pool, const platform::Call& call,
                             const google::protobuf::Message& request,
                             google::protobuf::Message& response,
                             absl::FunctionRef<absl::Status(db::Tx&, Rights&)> body);

// The same for WriteImport. A body that needs nothing is asked for the right everywhere, or, when
// all it tells is what is wrong with the file itself, at any unit.
absl::Status WriteImportWithRights(
    db::Pool& pool, const platform::Call& call, const google::protobuf::Message& request,
    v1::ImportReport& report,
    absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&, Rights&)> body);

}  // namespace thidua::campaign::intake
