// AccessService: roles at units, clients, and the token endpoint.
#pragma once

#include "campaign/access/tokens.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "platform/token.h"
#include "thidua/campaign/v1/access_service.grpc.pb.h"

namespace thidua::campaign::access {

class AccessService final : public v1::AccessService::CallbackService {
 public:
  // `key` signs access tokens; `verifier` judges assertions and knows the public keys.
  AccessService(platform::Admission& admission, db::Pool& pool, const platform::SigningKey& key,
                platform::TokenVerifier& verifier);

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* IssueToken(Ctx* context, const v1::IssueTokenRequest* request,
                      google::api::HttpBody* response) override;
  Reactor* GetJwks(Ctx* context, const v1::GetJwksRequest* request,
                   google::api::HttpBody* response) override;
  Reactor* ListRoles(Ctx* context, const v1::ListRolesRequest* request,
                     v1::ListRolesResponse* response) override;
  Reactor* CreateRoleBinding(Ctx* context, const v1::CreateRoleBindingRequest* request,
                             v1::RoleBinding* response) override;
  Reactor* ListRoleBindings(Ctx* context, const v1::ListRoleBindingsRequest* request,
                            v1::ListRoleBindingsResponse* response) override;
  Reactor* EndRoleBinding(Ctx* context, const v1::EndRoleBindingRequest* request,
                          v1::RoleBinding* response) override;
  Reactor* ImportRoleBindings(Ctx* context, const v1::ImportRoleBindingsRequest* request,
                              v1::ImportReport* response) override;
  Reactor* CreateClient(Ctx* context, const v1::CreateClientRequest* request,
                        v1::ClientWithSecret* response) override;
  Reactor* ListClients(Ctx* context, const v1::ListClientsRequest* request,
                       v1::ListClientsResponse* response) override;
  Reactor* RotateClientSecret(Ctx* context, const v1::RotateClientSecretRequest* request,
                              v1::ClientWithSecret* response) override;
  Reactor* DisableClient(Ctx* context, const v1::DisableClientRequest* request,
                         v1::Client* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
  platform::TokenVerifier& verifier_;
  TokenIssuer issuer_;
};

}  // namespace thidua::campaign::access
