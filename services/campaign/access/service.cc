#include "campaign/access/service.h"

#include <optional>

#include "campaign/access/bindings.h"
#include "campaign/access/clients.h"
#include "campaign/access/convert.h"
#include "campaign/access/import_bindings.h"
#include "campaign/access/secret.h"
#include "campaign/intake/apply.h"
#include "campaign/requests/fields.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

using platform::Call;

constexpr int kReason = 500;

absl::StatusOr<std::string> UnitOfClient(db::Pool& pool, const Call& call, const std::string& id) {
  std::optional<Client> client;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(client, FindClient(session, id));
    return absl::OkStatus();
  }));
  if (!client) return platform::NotFoundFor(call, UnknownClient(id));
  return client->unit_id;
}

// Puts the secret into an answer when it is the one now in force. Not earlier: the stored answer,
// which a repeat gets, must not hold it; and a repeat, or a rehearsal, made a secret that nobody
// stored.
absl::Status ShowSecret(db::Pool& pool, const Call& call, const std::string& secret,
                        v1::ClientWithSecret& res) {
  ASSIGN_OR_RETURN(const std::string id,
                   platform::IdFromName(res.client().name(), "clients", "client.name"));
  return pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<Client> client, FindClient(session, id));
    if (client && Matches(secret, client->secret_sha256)) res.set_secret(secret);
    return absl::OkStatus();
  });
}

void CheckSpan(absl::CivilDay from, const std::optional<absl::CivilDay>& to, Fields* fields) {
  if (!to || *to >= from) return;
  fields->Refuse("role_binding.valid_to", "SPAN_REVERSED",
                 {"ngày cuối trước ngày đầu", "the last day is before the first"});
}

}  // namespace

AccessService::Reactor* AccessService::IssueToken(Ctx* ctx, const v1::IssueTokenRequest* req,
                                                  google::api::HttpBody* res) {
  return runner_.Unary("IssueToken", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(*res.mutable_data(),
                                          tokens_.Answer(call, req.form().data()));
                         res.set_content_type("application/json");
                         return absl::OkStatus();
                       });
}

AccessService::Reactor* AccessService::GetJwks(Ctx* ctx, const v1::GetJwksRequest* req,
                                               google::api::HttpBody* res) {
  return runner_.Unary("GetJwks", ctx, req, res,
                       [this](const Call& call, const auto&, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(*res.mutable_data(), tokens_.Jwks(call));
                         res.set_content_type("application/jwk-set+json");
                         return absl::OkStatus();
                       });
}

AccessService::Reactor* AccessService::ListRoles(Ctx* ctx, const v1::ListRolesRequest* req,
                                                 v1::ListRolesResponse* res) {
  return runner_.Unary(
      "ListRoles", ctx, req, res, [this](const Call& call, const auto&, auto& res) -> absl::Status {
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const auto roles, LoadRoles(session));
          for (const auto& [id, role] : roles) *res.add_roles() = ToProto(role);
          return absl::OkStatus();
        });
      });
}

AccessService::Reactor* AccessService::CreateRoleBinding(Ctx* ctx,
                                                         const v1::CreateRoleBindingRequest* req,
                                                         v1::RoleBinding* res) {
  return runner_.Unary(
      "CreateRoleBinding", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const v1::RoleBinding& in = req.role_binding();
        const PrincipalName principal =
            PrincipalFrom(in.principal(), "role_binding.principal", &fields);
        RoleBinding asked;
        asked.principal_kind = principal.kind;
        asked.principal_id = principal.id;
        asked.binding.role_id = RoleFrom(in.role(), "role_binding.role", &fields);
        asked.binding.unit_id = PlaceFrom(in.unit(), "role_binding.unit", &fields);
        const std::optional<absl::CivilDay> from =
            fields.MaybeDay(in.valid_from(), "role_binding.valid_from");
        asked.binding.to = fields.MaybeDay(in.valid_to(), "role_binding.valid_to");
        if (from && fields.ok()) CheckSpan(*from, asked.binding.to, &fields);
        RETURN_IF_ERROR(fields.status());
        std::map<std::string, Role> roles;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(roles, LoadRoles(session));
          return absl::OkStatus();
        }));
        RETURN_IF_ERROR(RequireToGive(call, roles, asked.binding.role_id, asked.binding.unit_id));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // In here: a repeat gets the first answer, whatever day it has become.
          RoleBinding wanted = asked;
          wanted.binding.from = from.value_or(call.business_today());
          Fields dated;
          CheckSpan(wanted.binding.from, wanted.binding.to, &dated);
          RETURN_IF_ERROR(dated.status());
          ASSIGN_OR_RETURN(const RoleBinding given, GiveRole(tx, call, wanted));
          res = ToProto(given);
          return absl::OkStatus();
        });
      });
}

AccessService::Reactor* AccessService::ListRoleBindings(Ctx* ctx,
                                                        const v1::ListRoleBindingsRequest* req,
                                                        v1::ListRoleBindingsResponse* res) {
  return runner_.Unary(
      "ListRoleBindings", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        BindingFilter filter;
        if (!req.principal().empty()) {
          const PrincipalName principal = PrincipalFrom(req.principal(), "principal", &fields);
          filter.principal_kind = principal.kind;
          filter.principal_id = principal.id;
        }
        if (!req.unit().empty()) filter.unit_id = PlaceFrom(req.unit(), "unit", &fields);
        if (!req.role().empty()) filter.role_id = RoleFrom(req.role(), "role", &fields);
        RETURN_IF_ERROR(fields.status());
        const std::string scope =
            "roleBindings|" + req.principal() + "|" + req.unit() + "|" + req.role();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<RoleBinding> found,
                           platform::ReadShown(
                               page,
                               [&](const std::string& after, int limit) {
                                 return ListBindings(session, filter, after, limit);
                               },
                               &RoleBinding::id,
                               [&](const RoleBinding& one) -> absl::StatusOr<bool> {
                                 return visible.all || visible.Contains(one.binding.unit_id);
                               }));
          res.set_next_page_token(page.Cut(found, &RoleBinding::id));
          for (const RoleBinding& one : found) *res.add_role_bindings() = ToProto(one);
          return absl::OkStatus();
        });
      });
}

AccessService::Reactor* AccessService::EndRoleBinding(Ctx* ctx,
                                                      const v1::EndRoleBindingRequest* req,
                                                      v1::RoleBinding* res) {
  return runner_.Unary(
      "EndRoleBinding", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const std::string id = fields.Id(req.name(), "roleBindings", "name");
        const absl::CivilDay last_day = fields.Day(req.last_day(), "last_day");
        fields.Text(req.reason(), 1, kReason, "reason");
        RETURN_IF_ERROR(fields.status());
        std::optional<RoleBinding> binding;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(binding, FindBinding(session, id));
          return absl::OkStatus();
        }));
        if (!binding) {
          return platform::NotFoundFor(call, UnknownRoleBinding(id));
        }
        RETURN_IF_ERROR(call.Require(binding->binding.unit_id));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const RoleBinding ended,
                           EndRole(tx, call, id, last_day, req.etag(), req.reason()));
          res = ToProto(ended);
          return absl::OkStatus();
        });
      });
}

AccessService::Reactor* AccessService::ImportRoleBindings(Ctx* ctx,
                                                          const v1::ImportRoleBindingsRequest* req,
                                                          v1::ImportReport* res) {
  return runner_.Unary("ImportRoleBindings", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const intake::Table table,
                                          intake::Table::Read(req.content(), kBindingColumns));
                         return intake::WriteImportWithRights(
                             pool_, call, req, res, [&](db::Tx& tx, intake::Rights& rights) {
                               return ImportBindings(tx, call, table, req.validate_only(), rights);
                             });
                       });
}

AccessService::Reactor* AccessService::CreateClient(Ctx* ctx, const v1::CreateClientRequest* req,
                                                    v1::ClientWithSecret* res) {
  return runner_.Unary(
      "CreateClient", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        Client client;
        client.unit_id = fields.Id(req.client().unit(), "units", "client.unit");
        fields.Text(req.client().title(), 1, 200, "client.title");
        client.title = req.client().title();
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(client.unit_id));
        const std::string secret = NewSecret();
        client.secret_sha256 = HashOf(secret);
        RETURN_IF_ERROR(db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const Client stored, RegisterClient(tx, call, client));
          *res.mutable_client() = ToProto(stored);
          return absl::OkStatus();
        }));
        // Only now: the stored answer, which a repeat gets, must not hold the secret.
        return ShowSecret(pool_, call, secret, res);
      });
}

AccessService::Reactor* AccessService::ListClients(Ctx* ctx, const v1::ListClientsRequest* req,
                                                   v1::ListClientsResponse* res) {
  return runner_.Unary(
      "ListClients", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope = "clients";
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Client> found,
                           platform::ReadShown(
                               page,
                               [&](const std::string& after, int limit) {
                                 return access::ListClients(session, after, limit);
                               },
                               &Client::id,
                               [&](const Client& client) -> absl::StatusOr<bool> {
                                 return visible.Contains(client.unit_id);
                               }));
          res.set_next_page_token(page.Cut(found, &Client::id));
          for (const Client& client : found) *res.add_clients() = ToProto(client);
          return absl::OkStatus();
        });
      });
}

AccessService::Reactor* AccessService::RotateClientSecret(Ctx* ctx,
                                                          const v1::RotateClientSecretRequest* req,
                                                          v1::ClientWithSecret* res) {
  return runner_.Unary(
      "RotateClientSecret", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "clients", "name"));
        ASSIGN_OR_RETURN(const std::string unit, UnitOfClient(pool_, call, id));
        RETURN_IF_ERROR(call.Require(unit));
        const std::string secret = NewSecret();
        RETURN_IF_ERROR(db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(
              const Client changed,
              ChangeClient(tx, call, id, req.etag(), ClientChange::kNewSecret, HashOf(secret), ""));
          *res.mutable_client() = ToProto(changed);
          return absl::OkStatus();
        }));
        return ShowSecret(pool_, call, secret, res);
      });
}

AccessService::Reactor* AccessService::DisableClient(Ctx* ctx, const v1::DisableClientRequest* req,
                                                     v1::Client* res) {
  return runner_.Unary("DisableClient", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         const std::string id = fields.Id(req.name(), "clients", "name");
                         fields.Text(req.reason(), 1, kReason, "reason");
                         RETURN_IF_ERROR(fields.status());
                         ASSIGN_OR_RETURN(const std::string unit, UnitOfClient(pool_, call, id));
                         RETURN_IF_ERROR(call.Require(unit));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const Client changed,
                                            ChangeClient(tx, call, id, req.etag(),
                                                         ClientChange::kDisable, "", req.reason()));
                           res = ToProto(changed);
                           return absl::OkStatus();
                         });
                       });
}

}  // namespace thidua::campaign::access
