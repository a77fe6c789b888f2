// DirectoryService: units and people.
#pragma once

#include "campaign/directory/unit_tree.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/paging.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/directory_service.grpc.pb.h"

namespace thidua::campaign::directory {

class DirectoryService final : public v1::DirectoryService::CallbackService {
 public:
  DirectoryService(platform::Admission& admission, db::Pool& pool, DirectoryTree& tree)
      : runner_(admission, v1::DirectoryService::service_full_name()), pool_(pool), tree_(tree) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetUnit(Ctx* ctx, const v1::GetUnitRequest* req, v1::Unit* res) override;
  Reactor* ListUnits(Ctx* ctx, const v1::ListUnitsRequest* req,
                     v1::ListUnitsResponse* res) override;
  Reactor* CreateUnit(Ctx* ctx, const v1::CreateUnitRequest* req, v1::Unit* res) override;
  Reactor* UpdateUnit(Ctx* ctx, const v1::UpdateUnitRequest* req, v1::Unit* res) override;
  Reactor* CloseUnit(Ctx* ctx, const v1::CloseUnitRequest* req, v1::Unit* res) override;
  Reactor* ImportUnits(Ctx* ctx, const v1::ImportUnitsRequest* req, v1::ImportReport* res) override;
  Reactor* GetPerson(Ctx* ctx, const v1::GetPersonRequest* req, v1::Person* res) override;
  Reactor* ListPeople(Ctx* ctx, const v1::ListPeopleRequest* req,
                      v1::ListPeopleResponse* res) override;
  Reactor* CreatePerson(Ctx* ctx, const v1::CreatePersonRequest* req, v1::Person* res) override;
  Reactor* UpdatePerson(Ctx* ctx, const v1::UpdatePersonRequest* req, v1::Person* res) override;
  Reactor* ImportPeople(Ctx* ctx, const v1::ImportPeopleRequest* req,
                        v1::ImportReport* res) override;

 private:
  // Those the caller sees, one more than the page holds.
  absl::StatusOr<std::vector<std::string>> VisibleUnitIds(const platform::Call& call,
                                                          const v1::ListUnitsRequest& req,
                                                          absl::CivilDay as_of,
                                                          const platform::Page& page);

  const platform::Runner runner_;
  db::Pool& pool_;
  DirectoryTree& tree_;
};

}  // namespace thidua::campaign::directory
