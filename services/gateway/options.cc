#include "gateway/options.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#ifndef THIDUA_VERSION
#define THIDUA_VERSION "0"
#endif

namespace thidua::gateway {
namespace {

// One flag: sets its option, or says what it wants.
struct Flag {
  std::string name;
  std::string shown;  // default, or the form of the value
  std::string help;
  std::function<std::string(const std::string&)> set;  // "" when fine
};

std::string SetText(std::string* to, const std::string& value) {
  *to = value;
  return "";
}

template <class T>
std::string SetNumber(T* to, const std::string& value, int64_t least, int64_t most) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < least ||
      number > most) {
    return absl::StrCat("a whole number from ", least, " to ", most, " is wanted");
  }
  *to = static_cast<T>(number);
  return "";
}

std::string SetDuration(absl::Duration* to, const std::string& value) {
  absl::Duration duration;
  if (!absl::ParseDuration(value, &duration) || duration <= absl::ZeroDuration() ||
      duration > absl::Hours(24)) {
    return "a time such as 500ms, 30s or 5m is wanted";
  }
  *to = duration;
  return "";
}

std::string AddUpstreams(std::vector<UpstreamAddress>* to, const std::string& value) {
  const std::vector<std::string> items = absl::StrSplit(value, ',', absl::SkipEmpty());
  for (const std::string& item : items) {
    const size_t equals = item.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == item.size()) {
      return "package=host:port is wanted";
    }
    to->push_back({item.substr(0, equals), item.substr(equals + 1)});
  }
  return "";
}

std::vector<Flag> FlagsFor(GatewayOptions* o) {
  const auto text = [](std::string* to) {
    return [to](const std::string& value) { return SetText(to, value); };
  };
  const auto duration = [](absl::Duration* to) {
    return [to](const std::string& value) { return SetDuration(to, value); };
  };
  const auto shown = [](absl::Duration value) { return absl::FormatDuration(value); };
  return {
      {"descriptors", "FILE", "FileDescriptorSet of the contract (api.pb); required",
       text(&o->descriptors)},
      {"upstream", "PACKAGE=HOST:PORT",
       "the service of a package, loopback; once for each, or several with commas",
       [o](const std::string& value) { return AddUpstreams(&o->upstreams, value); }},
      {"listen", o->listen, "HTTP/1.1, plain: stands behind nginx", text(&o->listen)},
      {"metrics_listen", o->metrics_listen, "/metrics for Prometheus; empty: none",
       text(&o->metrics_listen)},
      {"threads", absl::StrCat(o->threads), "threads that read, convert and write",
       [o](const std::string& value) { return SetNumber(&o->threads, value, 1, 64); }},
      {"connections", absl::StrCat(o->http.connections), "most connections at a time; then 503",
       [o](const std::string& value) { return SetNumber(&o->http.connections, value, 1, 100000); }},
      {"body_limit", absl::StrCat(o->http.body_bytes), "largest body in bytes; then 413",
       [o](const std::string& value) {
         return SetNumber(&o->http.body_bytes, value, 1, 256 * 1024 * 1024);
       }},
      {"header_limit", absl::StrCat(o->http.header_bytes),
       "largest request line and headers in bytes; then 431",
       [o](const std::string& value) {
         return SetNumber(&o->http.header_bytes, value, 1024, 1024 * 1024);
       }},
      {"idle_timeout", shown(o->http.idle), "connection without a request",
       duration(&o->http.idle)},
      {"header_timeout", shown(o->http.header), "from the first byte of a head to its last",
       duration(&o->http.header)},
      {"body_idle_timeout", shown(o->http.body_idle), "body that stops coming",
       duration(&o->http.body_idle)},
      {"body_timeout", shown(o->http.body_total), "whole body", duration(&o->http.body_total)},
      {"write_timeout", shown(o->http.write_idle), "client that does not read",
       duration(&o->http.write_idle)},
      {"timeout", shown(o->time.unary_default), "deadline of a call that names none",
       duration(&o->time.unary_default)},
      {"max_timeout", shown(o->time.unary_most), "longest deadline a client may ask for",
       duration(&o->time.unary_most)},
      {"stream_timeout", shown(o->time.stream_default), "deadline of a stream that names none",
       duration(&o->time.stream_default)},
      {"max_stream_timeout", shown(o->time.stream_most),
       "longest deadline of a stream a client may ask for", duration(&o->time.stream_most)},
      {"drain", shown(o->drain), "how long answers in work may take after SIGTERM",
       duration(&o->drain)},
      {"api_title", o->api.title, "title in the OpenAPI document", text(&o->api.title)},
  };
}

std::string EnvironmentName(const std::string& flag) {
  std::string name = "THIDUA_" + flag;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return name;
}

void CheckWhole(const GatewayOptions& options, bool openapi, std::vector<std::string>* problems) {
  if (options.descriptors.empty()) problems->push_back("--descriptors is required");
  if (!openapi && options.upstreams.empty()) problems->push_back("--upstream is required");
}

}  // namespace

CommandLine ParseCommandLine(
    const std::vector<std::string>& arguments,
    const std::function<std::optional<std::string>(const std::string&)>& environment) {
  CommandLine line;
  line.options.api.version = THIDUA_VERSION;
  std::vector<Flag> flags = FlagsFor(&line.options);
  std::vector<std::string> given;
  const auto set = [&](const Flag& flag, const std::string& value, const std::string& source) {
    if (const std::string wrong = flag.set(value); !wrong.empty()) {
      line.problems.push_back(absl::StrCat(source, ": ", wrong, ", not \"", value, "\""));
    }
  };
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      line.help = true;
      continue;
    }
    if (argument == "--openapi") {
      line.openapi = true;
      continue;
    }
    const size_t equals = argument.find('=');
    const std::string name =
        argument.rfind("--", 0) == 0 ? argument.substr(0, equals).substr(2) : "";
    const auto flag = std::find_if(flags.begin(), flags.end(),
                                   [&](const Flag& f) { return !name.empty() && f.name == name; });
    if (flag == flags.end()) {
      line.problems.push_back(absl::StrCat("unknown argument ", argument));
      continue;
    }
    given.push_back(name);
    if (equals != std::string::npos) {
      set(*flag, argument.substr(equals + 1), "--" + name);
    } else if (i + 1 < arguments.size()) {
      set(*flag, arguments[++i], "--" + name);
    } else {
      line.problems.push_back(absl::StrCat("--", name, " wants a value"));
    }
  }
  for (const Flag& flag : flags) {
    if (std::find(given.begin(), given.end(), flag.name) != given.end()) continue;
    const std::string variable = EnvironmentName(flag.name);
    if (const auto value = environment(variable)) set(flag, *value, variable);
  }
  if (!line.help) CheckWhole(line.options, line.openapi, &line.problems);
  return line;
}

std::string HelpText() {
  GatewayOptions defaults;
  std::string text =
      "thidua-gateway: JSON/REST in front of gRPC services, from a descriptor set.\n\n"
      "  --openapi                 print the OpenAPI document and leave (needs --descriptors)\n";
  for (const Flag& flag : FlagsFor(&defaults)) {
    std::string name = absl::StrCat("  --", flag.name);
    name.resize(std::max<size_t>(name.size() + 1, 28), ' ');
    absl::StrAppend(&text, name, flag.help, " [", flag.shown, "]\n");
  }
  absl::StrAppend(&text, "\nEvery flag may stand in the environment as THIDUA_<FLAG>.\n");
  return text;
}

}  // namespace thidua::gateway
