#include "e2e/rpc_catalogue.h"

#include <algorithm>
#include <regex>

#include "google/api/annotations.pb.h"
#include "thiduactl/api_descriptors.h"

namespace thidua::e2e {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// A field that names a resource says so in its comment, which holds "plans/<id>"; "" for others.
std::string CollectionOf(const FieldDescriptor* field) {
  google::protobuf::SourceLocation source;
  if (!field->GetSourceLocation(&source)) return "";
  static const auto* const kName = new std::regex("\"([A-Za-z]+)/<");
  std::smatch found;
  const std::string& comment = source.leading_comments;
  return std::regex_search(comment, found, *kName) ? found[1].str() : "";
}

// "{name=plans/*}" in the rpc's path tells which collection `name` belongs to.
std::string CollectionOfPath(const Rpc& rpc, const std::string& field) {
  const auto rule = rpc.method->options().GetExtension(google::api::http);
  for (const std::string& path :
       {rule.get(), rule.post(), rule.patch(), rule.put(), rule.delete_()}) {
    const size_t at = path.find("{" + field + "=");
    if (at == std::string::npos) continue;
    const size_t begin = at + field.size() + 2;
    return path.substr(begin, path.find('/', begin) - begin);
  }
  return "";
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

class Filler {
 public:
  Filler(const Rpc& rpc, const std::function<std::string(const std::string&)>& resource)
      : rpc_(rpc), resource_(resource) {}

  json Message(const Descriptor* type, const std::string& prefix, int depth) {
    json out = json::object();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (field->containing_oneof() != nullptr || field->is_map()) continue;
      const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
      if (!prefix.empty() && Derived(field->name()) && CollectionOfPath(rpc_, path).empty())
        continue;
      const json value = Value(field, path, depth);
      if (!value.is_null())
        out[field->name()] = field->is_repeated() ? json::array({value}) : value;
    }
    return out;
  }

 private:
  // What the server makes itself stays out of a resource sent in a request, but for its name in an
  // update.
  static bool Derived(const std::string& name) {
    return name == "name" || name == "state" || EndsWith(name, "_time") || name == "display_name";
  }

  json Value(const FieldDescriptor* field, const std::string& path, int depth) {
    if (field->name() == "field_leads") return nullptr;  // codes of whichever criteria set
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->type() == FieldDescriptor::TYPE_BYTES) return "";
        return Text(field, path);
      case FieldDescriptor::CPPTYPE_BOOL:
        return false;
      case FieldDescriptor::CPPTYPE_ENUM:
        return field->enum_type()->value_count() > 1 ? field->enum_type()->value(1)->name()
                                                     : field->enum_type()->value(0)->name();
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const std::string type = field->message_type()->full_name();
        if (type == "google.protobuf.Timestamp") return "2024-02-01T00:00:00Z";
        if (type == "google.protobuf.FieldMask") return "title";
        if (type == "google.api.HttpBody") return {{"content_type", "text/csv"}, {"data", "eA=="}};
        if (depth > 2) return nullptr;
        return Message(field->message_type(), path, depth + 1);
      }
      default:
        if (field->name() == "page_size") return 10;
        if (field->name() == "year") return 2023;
        return field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ? json("1") : json(1);
    }
  }

  json Text(const FieldDescriptor* field, const std::string& path) {
    const std::string& name = field->name();
    if (name == "page_token" || name == "resume_token" || name == "epoch") return nullptr;
    const std::string by_path = CollectionOfPath(rpc_, path);
    if (!by_path.empty()) return resource_(by_path);
    if (name == "request_id") return "e2e-filled";
    if (name == "etag") return "\"1\"";
    if (EndsWith(name, "sha256")) return std::string(64, 'a');
    // A survey's period is over when the survey is made: on the day that SetBusinessTime is given
    // above, and that it is from then on.
    if (name == "period_end" && rpc_.method->name() == "CreateSurvey") return "2024-02-01";
    if (name == "kind") return "sipas";
    if (name == "period_end" || name == "appraisal_end" || name == "explanation_end") {
      return "2024-02-29";
    }
    if (EndsWith(name, "_date") || EndsWith(name, "_day") || EndsWith(name, "_start") ||
        EndsWith(name, "_end") || name == "as_of" || name == "filing_deadline" ||
        name == "valid_from" || name == "date") {
      return "2024-02-01";
    }
    if (name == "valid_on") return "2024-02-01";
    if (name == "valid_to" || name == "covers_until") return "2024-12-31";
    if (name == "award_form") return "GIAY_KHEN";
    if (name == "media_type") return "application/pdf";
    if (name == "period") return "2023";
    if (name == "code") return "H00.20.11";
    if (name == "dossier_code" || name == "import_id") return "H00.20.11-1";
    if (name == "staff_code") return "KN-DM-01";
    if (name == "block") return "xa";
    if (name == "types") return "thidua.campaign.v1.UnitChanged";
    if (name == "unit_id" || name == "aggregate_id") return "01arz3ndektsv4rrffq69g5fav";
    // Pages take the bare id: "/trang/xep-hang/{publication}".
    const std::string& rpc = rpc_.method->name();
    if (rpc == "GetPublicationPage" || rpc == "GetPublicationUnitPage") {
      return IdIn(resource_(name == "unit" ? "units" : "publications"));
    }
    if (name == "max_points" || name == "points") return "1";
    const std::string collection = CollectionOf(field);
    if (!collection.empty()) return resource_(collection);
    return "thử";
  }

  const Rpc& rpc_;
  const std::function<std::string(const std::string&)>& resource_;
};

// Percent-encodes everything but what is unreserved, and "/" where a path keeps it.
std::string Encode(const std::string& text, bool keep_slash) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || (keep_slash && c == '/');
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
      out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
    }
  }
  return out;
}

void AddQuery(const json& value, const std::string& path, std::string* query) {
  if (value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it) {
      AddQuery(it.value(), path.empty() ? it.key() : path + "." + it.key(), query);
    }
    return;
  }
  if (value.is_array()) {
    for (const json& item : value) AddQuery(item, path, query);
    return;
  }
  *query += (query->empty() ? "?" : "&") + path + "=" +
            Encode(value.is_string() ? value.get<std::string>() : value.dump(), false);
}

}  // namespace

const std::vector<Rpc>& AllRpcs() {
  static const auto* const kAll = [] {
    auto* all = new std::vector<Rpc>();
    for (const auto* service : ctl::ApiServices()) {
      for (int i = 0; i < service->method_count(); ++i) {
        const auto* method = service->method(i);
        all->push_back({method, method->options().GetExtension(common::v1::policy),
                        service->full_name() + "/" + method->name()});
      }
    }
    std::sort(all->begin(), all->end(), [](const Rpc& a, const Rpc& b) { return a.name < b.name; });
    return all;
  }();
  return *kAll;
}

json FilledRequest(const Rpc& rpc, const std::function<std::string(const std::string&)>& resource) {
  return Filler(rpc, resource).Message(rpc.method->input_type(), "", 0);
}

RestCall ToRest(const Rpc& rpc, const json& request) {
  const auto rule = rpc.method->options().GetExtension(google::api::http);
  RestCall call;
  std::string path;
  for (const auto& [verb, template_path] :
       std::vector<std::pair<std::string, std::string>>{{"GET", rule.get()},
                                                        {"POST", rule.post()},
                                                        {"PATCH", rule.patch()},
                                                        {"PUT", rule.put()},
                                                        {"DELETE", rule.delete_()}}) {
    if (template_path.empty()) continue;
    call.verb = verb;
    path = template_path;
  }
  json rest = request;
  while (path.find('{') != std::string::npos) {
    const size_t open = path.find('{');
    const size_t close = path.find('}', open);
    const std::string variable = path.substr(open + 1, close - open - 1);
    std::string pointer = "/" + variable.substr(0, variable.find('='));
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    const json::json_pointer at(pointer);
    const std::string value = rest.contains(at) ? rest[at].get<std::string>() : "";
    path = path.substr(0, open) + Encode(value, true) + path.substr(close + 1);
    json& holder = rest[at.parent_pointer()];
    holder.erase(at.back());
  }
  if (rule.body() == "*") {
    call.body = rest.dump();
    rest = json::object();
  } else if (!rule.body().empty()) {
    const json body = rest.value(rule.body(), json::object());
    const auto* field = rpc.method->input_type()->FindFieldByName(rule.body());
    const bool raw = field->message_type()->full_name() == "google.api.HttpBody";
    call.body = raw ? ctl::FromBase64(body.value("data", "")) : body.dump();
    rest.erase(rule.body());
  }
  std::string query;
  AddQuery(rest, "", &query);
  call.path = path + query;
  return call;
}

}  // namespace thidua::e2e
