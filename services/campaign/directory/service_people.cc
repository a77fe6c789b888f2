// People: see service.cc for units.
#include <algorithm>
#include <optional>
#include <set>

#include "campaign/directory/convert.h"
#include "campaign/directory/events.h"
#include "campaign/directory/import_people.h"
#include "campaign/directory/people_changes.h"
#include "campaign/directory/service.h"
#include "campaign/directory/store_people.h"
#include "campaign/intake/apply.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/mask.h"
#include "platform/ascii_text.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

using platform::Call;

constexpr int kReason = 500;

absl::StatusOr<Person> ReadPerson(db::Pool& pool, const Call& call, const std::string& id) {
  std::optional<Person> person;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(person, FindPerson(session, id));
    return absl::OkStatus();
  }));
  if (!person) return platform::NotFoundFor(call, UnknownPerson(id));
  return *std::move(person);
}

// The right to a person is the right at the unit of the post held today, or of the last one.
absl::Status RequireAtPost(const Call& call, const Person& person) {
  const Post* post = PostOn(person, call.business_today());
  return call.Require(post != nullptr ? post->unit_id : person.posts.back().unit_id);
}

// A new post asks for the right at its unit too.
absl::Status RequireAtPosts(const Call& call, const Person& person) {
  std::set<std::string> units;
  for (const Post& post : person.posts) units.insert(post.unit_id);
  if (units.empty()) units.insert("*");
  for (const std::string& unit : units) RETURN_IF_ERROR(call.Require(unit));
  return absl::OkStatus();
}

}  // namespace

DirectoryService::Reactor* DirectoryService::GetPerson(Ctx* ctx, const v1::GetPersonRequest* req,
                                                       v1::Person* res) {
  return runner_.Unary("GetPerson", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "people", "name"));
                         ASSIGN_OR_RETURN(const Person person, ReadPerson(pool_, call, id));
                         RETURN_IF_ERROR(RequireAtPost(call, person));
                         RETURN_IF_ERROR(pool_.InTransaction(call.deadline(), [&](db::Tx& tx) {
                           return AppendPersonalDataRead(tx, call, "GetPerson", req, {id});
                         }));
                         res = ToProto(person);
                         return absl::OkStatus();
                       });
}

DirectoryService::Reactor* DirectoryService::ListPeople(Ctx* ctx, const v1::ListPeopleRequest* req,
                                                        v1::ListPeopleResponse* res) {
  return runner_.Unary(
      "ListPeople", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const absl::CivilDay as_of =
            fields.MaybeDay(req.as_of(), "as_of").value_or(call.business_today());
        const std::string unit = fields.MaybeId(req.unit(), "units", "unit");
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(platform::RequireAscii(req.staff_code(), "staff_code"));
        const std::string scope =
            "people|" + req.as_of() + "|" + req.unit() + "|" + req.staff_code();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<PersonAtUnit> found,
                           platform::ReadShown(
                               page,
                               [&](const std::string& after, int limit) {
                                 return PeopleOn(tx, as_of, unit, req.staff_code(), after, limit);
                               },
                               &PersonAtUnit::person_id,
                               [&](const PersonAtUnit& one) -> absl::StatusOr<bool> {
                                 return visible.Contains(one.unit_id);
                               }));
          res.set_next_page_token(page.Cut(found, &PersonAtUnit::person_id));
          std::vector<std::string> ids;
          for (const PersonAtUnit& one : found) {
            ids.push_back(one.person_id);
            ASSIGN_OR_RETURN(const std::optional<Person> person, FindPerson(tx, one.person_id));
            if (person) *res.add_people() = ToProto(*person);
          }
          return AppendPersonalDataRead(tx, call, "ListPeople", req, ids);
        });
      });
}

DirectoryService::Reactor* DirectoryService::CreatePerson(Ctx* ctx,
                                                          const v1::CreatePersonRequest* req,
                                                          v1::Person* res) {
  return runner_.Unary("CreatePerson", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         const Person person = PersonFrom(req.person(), "person.", &fields);
                         RETURN_IF_ERROR(fields.status());
                         RETURN_IF_ERROR(RequireAtPosts(call, person));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const Person created,
                                            directory::CreatePerson(tx, call, person));
                           res = ToProto(created);
                           return absl::OkStatus();
                         });
                       });
}

DirectoryService::Reactor* DirectoryService::UpdatePerson(Ctx* ctx,
                                                          const v1::UpdatePersonRequest* req,
                                                          v1::Person* res) {
  return runner_.Unary(
      "UpdatePerson", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const std::string id = fields.Id(req.person().name(), "people", "person.name");
        const google::protobuf::FieldMask& mask = req.update_mask();
        CheckMask(mask, {"full_name", "category", "posts", "email", "phone", "note"}, &fields);
        fields.Text(req.reason(), 1, kReason, "reason");
        const Person wanted = PersonFrom(req.person(), "person.", &fields);
        RETURN_IF_ERROR(fields.status());
        ASSIGN_OR_RETURN(const Person stored, ReadPerson(pool_, call, id));
        RETURN_IF_ERROR(RequireAtPost(call, stored));
        if (Has(mask, "posts")) RETURN_IF_ERROR(RequireAtPosts(call, wanted));
        const auto change = [&](Person& person) {
          if (Has(mask, "full_name")) person.full_name = wanted.full_name;
          if (Has(mask, "category")) person.category = wanted.category;
          if (Has(mask, "posts")) person.posts = wanted.posts;
          if (Has(mask, "email")) person.email = wanted.email;
          if (Has(mask, "phone")) person.phone = wanted.phone;
          if (Has(mask, "note")) person.note = wanted.note;
        };
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const Person changed,
                           ChangePerson(tx, call, id, req.person().etag(), change, req.reason()));
          res = ToProto(changed);
          return absl::OkStatus();
        });
      });
}

DirectoryService::Reactor* DirectoryService::ImportPeople(Ctx* ctx,
                                                          const v1::ImportPeopleRequest* req,
                                                          v1::ImportReport* res) {
  return runner_.Unary("ImportPeople", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const intake::Table table,
                                          intake::Table::Read(req.content(), kPersonColumns));
                         return intake::WriteImportWithRights(
                             pool_, call, req, res, [&](db::Tx& tx, intake::Rights& rights) {
                               return directory::ImportPeople(tx, call, table, req.validate_only(),
                                                              rights);
                             });
                       });
}

}  // namespace thidua::campaign::directory
