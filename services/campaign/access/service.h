// AccessService: roles, bindings, clients, the token endpoint.
#pragma once

#include "campaign/access/token_endpoint.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/access_service.grpc.pb.h"

namespace thidua::campaign::access {

class AccessService final : public v1::AccessService::CallbackService {
 public:
  AccessService(platform::Admission& admission, db::Pool& pool, platform::TokenVerifier& verifier,
                std::shared_ptr<platform::SigningKey> access_key,
                std::shared_ptr<platform::SigningKey> service_key)
      : runner_(admission, v1::AccessService::service_full_name()),
        pool_(pool),
        tokens_(pool, verifier, std::move(access_key), std::move(service_key)) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* IssueToken(Ctx* ctx, const v1::IssueTokenRequest* req,
                      google::api::HttpBody* res) override;
  Reactor* GetJwks(Ctx* ctx, const v1::GetJwksRequest* req, google::api::HttpBody* res) override;
  Reactor* ListRoles(Ctx* ctx, const v1::ListRolesRequest* req,
                     v1::ListRolesResponse* res) override;
  Reactor* CreateRoleBinding(Ctx* ctx, const v1::CreateRoleBindingRequest* req,
                             v1::RoleBinding* res) override;
  Reactor* ListRoleBindings(Ctx* ctx, const v1::ListRoleBindingsRequest* req,
                            v1::ListRoleBindingsResponse* res) override;
  Reactor* EndRoleBinding(Ctx* ctx, const v1::EndRoleBindingRequest* req,
                          v1::RoleBinding* res) override;
  Reactor* ImportRoleBindings(Ctx* ctx, const v1::ImportRoleBindingsRequest* req,
                              v1::ImportReport* res) override;
  Reactor* CreateClient(Ctx* ctx, const v1::CreateClientRequest* req,
                        v1::ClientWithSecret* res) override;
  Reactor* ListClients(Ctx* ctx, const v1::ListClientsRequest* req,
                       v1::ListClientsResponse* res) override;
  Reactor* RotateClientSecret(Ctx* ctx, const v1::RotateClientSecretRequest* req,
                              v1::ClientWithSecret* res) override;
  Reactor* DisableClient(Ctx* ctx, const v1::DisableClientRequest* req, v1::Client* res) override;

 private:
  const platform::Runner runner_;
  db::Pool& pool_;
  TokenEndpoint tokens_;
};

}  // namespace thidua::campaign::access
