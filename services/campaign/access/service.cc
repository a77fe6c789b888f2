#include "campaign/access/service.h"

#include <openssl/rand.h>

#include <utility>

#include "campaign/access/binding_writer.h"
#include "campaign/access/import.h"
#include "campaign/access/store.h"
#include "campaign/access/validate.h"
#include "platform/db/write.h"
#include "platform/ed25519.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::campaign::access {
namespace {

using platform::Call;

v1::Client ToProto(const ClientRow& row) {
  v1::Client out;
  out.set_name(platform::NameOf("clients", row.client_id));
  out.set_title(row.title);
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_disabled(row.disabled);
  *out.mutable_secret_time() = platform::ToTimestamp(row.secret_set_at);
  out.set_etag("\"" + std::to_string(row.row_version) + "\"");
  return out;
}

// 256 random bits.
absl::StatusOr<std::string> NewSecret() {
  std::string bytes(32, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) !=
      1) {
    return platform::Internal("no randomness for a client's secret");
  }
  return platform::ed25519::Base64Url(bytes);
}

absl::Status AppendClient(db::Tx& tx, const Call& call, const ClientRow& row,
                          const ClientRow* before, const std::string& reason) {
  const v1::Client payload = ToProto(row);
  const v1::Client earlier = before == nullptr ? v1::Client() : ToProto(*before);
  feed::Draft draft{.aggregate_type = "client", .aggregate_id = row.client_id};
  draft.aggregate_version = row.row_version;
  draft.unit_id = row.unit_id;
  draft.payload = &payload;
  if (before != nullptr) draft.before = &earlier;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// Loads and locks a client, asks for the right at its unit, checks the etag.
absl::StatusOr<ClientRow> OpenClient(db::Tx& tx, const Call& call, const std::string& name,
                                     const std::string& etag) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "clients", "name"));
  ASSIGN_OR_RETURN(const std::optional<ClientRow> row, LockClient(tx, id));
  RETURN_IF_ERROR(call.Require(row.has_value() ? row->unit_id : "*"));
  if (!row.has_value()) {
    return platform::NotFound("CLIENT_NOT_FOUND",
                              {"không có hệ thống này", "there is no such client"});
  }
  RETURN_IF_ERROR(CheckEtag(etag, row->row_version));
  return *row;
}

}  // namespace

AccessService::AccessService(platform::Admission& admission, db::Pool& pool,
                             const platform::SigningKey& key, platform::TokenVerifier& verifier)
    : runner_(admission, v1::AccessService::service_full_name()),
      pool_(pool),
      verifier_(verifier),
      issuer_(pool, key, verifier) {}

AccessService::Reactor* AccessService::IssueToken(Ctx* context,
                                                  const v1::IssueTokenRequest* request,
                                                  google::api::HttpBody* response) {
  return runner_.Unary("IssueToken", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(*res.mutable_data(),
                                          issuer_.Issue(call, req.form().data()));
                         res.set_content_type("application/json");
                         return absl::OkStatus();
                       });
}

AccessService::Reactor* AccessService::GetJwks(Ctx* context, const v1::GetJwksRequest* request,
                                               google::api::HttpBody* response) {
  return runner_.Unary("GetJwks", context, request, response,
                       [this](const Call&, const auto&, auto& res) -> absl::Status {
                         res.set_content_type("application/jwk-set+json");
                         res.set_data(verifier_.PublicJwks());
                         return absl::OkStatus();
                       });
}

AccessService::Reactor* AccessService::ListRoles(Ctx* context, const v1::ListRolesRequest* request,
                                                 v1::ListRolesResponse* response) {
  return runner_.Unary("ListRoles", context, request, response,
                       [this](const Call& call, const auto&, auto& res) -> absl::Status {
                         return pool_.ReadOnly(
                             call.deadline(), [&](db::Session& session) -> absl::Status {
                               ASSIGN_OR_RETURN(const auto roles, access::ListRoles(session));
                               for (const RoleRow& role : roles) {
                                 v1::Role* out = res.add_roles();
                                 out->set_name(platform::NameOf("roles", role.role_id));
                                 out->set_title(role.title);
                                 for (const auto& permission : role.permissions)
                                   out->add_permissions(permission);
                                 for (const auto& other : role.excluded) {
                                   out->add_excluded_roles(platform::NameOf("roles", other));
                                 }
                               }
                               return absl::OkStatus();
                             });
                       });
}

AccessService::Reactor* AccessService::CreateRoleBinding(
    Ctx* context, const v1::CreateRoleBindingRequest* request, v1::RoleBinding* response) {
  return runner_.Unary("CreateRoleBinding", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const BindingRow wanted,
                                          WantedBinding(req.role_binding(), call.business_today()));
                         RETURN_IF_ERROR(call.Require(wanted.binding.unit_id));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const BindingRow row,
                                            BindingWriter(tx, call).Add(wanted));
                           res = ToProto(row);
                           return absl::OkStatus();
                         });
                       });
}

AccessService::Reactor* AccessService::ListRoleBindings(Ctx* context,
                                                        const v1::ListRoleBindingsRequest* request,
                                                        v1::ListRoleBindingsResponse* response) {
  return runner_.Unary(
      "ListRoleBindings", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        ASSIGN_OR_RETURN(BindingFilter filter, WantedFilter(req));
        const std::string scope =
            "roleBindings|" + req.principal() + "|" + req.unit() + "|" + req.role();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after = page.after;
        filter.limit = page.size + 1;
        std::vector<BindingRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, ListBindings(session, filter, visible));
          return absl::OkStatus();
        }));
        const bool more = rows.size() > static_cast<size_t>(page.size);
        if (more) rows.resize(static_cast<size_t>(page.size));
        for (const BindingRow& row : rows) *res.add_role_bindings() = ToProto(row);
        if (more) res.set_next_page_token(platform::NextPageToken(rows.back().binding_id, scope));
        return absl::OkStatus();
      });
}

AccessService::Reactor* AccessService::EndRoleBinding(Ctx* context,
                                                      const v1::EndRoleBindingRequest* request,
                                                      v1::RoleBinding* response) {
  return runner_.Unary(
      "EndRoleBinding", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "roleBindings", "name"));
        ASSIGN_OR_RETURN(const absl::CivilDay last,
                         platform::ParseDate(req.last_day(), "last_day"));
        RETURN_IF_ERROR(CheckReason(req.reason()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(std::optional<BindingRow> row, LockBinding(tx, id));
          RETURN_IF_ERROR(call.Require(row.has_value() ? row->binding.unit_id : "*"));
          if (!row.has_value()) {
            return platform::NotFound("ROLE_BINDING_NOT_FOUND",
                                      {"không có vai trò này", "there is no such role binding"});
          }
          RETURN_IF_ERROR(CheckEtag(req.etag(), row->row_version));
          if (last < call.business_today() - 1) {
            return platform::InvalidField(
                "last_day", "DATE_IN_THE_PAST",
                {"không thể kết thúc trước hôm qua", "a binding cannot end before yesterday"});
          }
          const v1::RoleBinding before = ToProto(*row);
          row->binding.to = last;
          ++row->row_version;
          RETURN_IF_ERROR(UpdateBindingEnd(tx, *row, call.machine_now()));
          res = ToProto(*row);
          feed::Draft draft{.aggregate_type = "role_binding", .aggregate_id = id};
          draft.aggregate_version = row->row_version;
          draft.unit_id = row->binding.unit_id == "*" ? "" : row->binding.unit_id;
          draft.payload = &res;
          draft.before = &before;
          draft.reason = req.reason();
          return feed::Append(tx, call, draft);
        });
      });
}

AccessService::Reactor* AccessService::ImportRoleBindings(
    Ctx* context, const v1::ImportRoleBindingsRequest* request, v1::ImportReport* response) {
  return runner_.Unary("ImportRoleBindings", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         // Each row asks for its own unit; a right at some unit lets the file be
                         // read at all.
                         RETURN_IF_ERROR(call.Visible().status());
                         v1::ImportReport refused;
                         const absl::Status status =
                             db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                               RETURN_IF_ERROR(ImportBindings(tx, call, req.content().data(), res));
                               refused.Clear();
                               if (res.error_count() > 0) {
                                 // Rolled back: a file is taken whole or not at all. The report is
                                 // the answer.
                                 refused = res;
                                 return absl::CancelledError("rows are refused");
                               }
                               res.set_applied(!req.validate_only());
                               return absl::OkStatus();
                             });
                         if (refused.error_count() == 0) return status;
                         res = refused;
                         res.set_created_count(0);
                         return absl::OkStatus();
                       });
}

AccessService::Reactor* AccessService::CreateClient(Ctx* context,
                                                    const v1::CreateClientRequest* request,
                                                    v1::ClientWithSecret* response) {
  return runner_.Unary(
      "CreateClient", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string unit, UnitOfNewClient(req.client()));
        RETURN_IF_ERROR(call.Require(unit));
        ASSIGN_OR_RETURN(const std::string secret, NewSecret());
        bool made = false;
        RETURN_IF_ERROR(db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const bool known, UnitExists(tx, unit));
          if (!known) {
            return platform::InvalidField("client.unit", "UNKNOWN_UNIT",
                                          {"không có đơn vị này", "there is no such unit"});
          }
          ClientRow row;
          row.client_id = platform::NewId(call.machine_now());
          row.title = req.client().title();
          row.unit_id = unit;
          row.secret_sha256 = platform::Sha256(secret);
          row.secret_set_at = call.machine_now();
          RETURN_IF_ERROR(InsertClient(tx, row, call.machine_now()));
          *res.mutable_client() = ToProto(row);
          made = true;
          return AppendClient(tx, call, row, nullptr, "");
        }));
        // Shown once: the stored answer of this request has none.
        if (made && !req.validate_only()) res.set_secret(secret);
        return absl::OkStatus();
      });
}

AccessService::Reactor* AccessService::ListClients(Ctx* context,
                                                   const v1::ListClientsRequest* request,
                                                   v1::ListClientsResponse* response) {
  return runner_.Unary(
      "ListClients", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), "clients"));
        std::vector<ClientRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, access::ListClients(session, page.after, page.size + 1, visible));
          return absl::OkStatus();
        }));
        const bool more = rows.size() > static_cast<size_t>(page.size);
        if (more) rows.resize(static_cast<size_t>(page.size));
        for (const ClientRow& row : rows) *res.add_clients() = ToProto(row);
        if (more)
          res.set_next_page_token(platform::NextPageToken(rows.back().client_id, "clients"));
        return absl::OkStatus();
      });
}

AccessService::Reactor* AccessService::RotateClientSecret(
    Ctx* context, const v1::RotateClientSecretRequest* request, v1::ClientWithSecret* response) {
  return runner_.Unary(
      "RotateClientSecret", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string secret, NewSecret());
        bool made = false;
        RETURN_IF_ERROR(db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const ClientRow before, OpenClient(tx, call, req.name(), req.etag()));
          ClientRow row = before;
          row.secret_sha256 = platform::Sha256(secret);
          row.secret_set_at = call.machine_now();
          ++row.row_version;
          RETURN_IF_ERROR(UpdateClient(tx, row, call.machine_now()));
          *res.mutable_client() = ToProto(row);
          made = true;
          return AppendClient(tx, call, row, &before, "");
        }));
        if (made) res.set_secret(secret);
        return absl::OkStatus();
      });
}

AccessService::Reactor* AccessService::DisableClient(Ctx* context,
                                                     const v1::DisableClientRequest* request,
                                                     v1::Client* response) {
  return runner_.Unary("DisableClient", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         RETURN_IF_ERROR(CheckReason(req.reason()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const ClientRow before,
                                            OpenClient(tx, call, req.name(), req.etag()));
                           ClientRow row = before;
                           row.disabled = true;
                           ++row.row_version;
                           RETURN_IF_ERROR(UpdateClient(tx, row, call.machine_now()));
                           res = ToProto(row);
                           return AppendClient(tx, call, row, &before, req.reason());
                         });
                       });
}

}  // namespace thidua::campaign::access
