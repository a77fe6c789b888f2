// thiduactl keys, token.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "platform/status_macros.h"
#include "platform/token.h"
#include "thiduactl/commands.h"

namespace thidua::ctl {

absl::Status KeysGenerate(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("keys generate THƯ_MỤC");
  const std::filesystem::path directory = rest[0];
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  json keys = json::array();
  for (const std::string name :
       {"access", "assertion", "campaign", "scoring", "awards", "notify"}) {
    const std::string file = (directory / (name + ".pem")).string();
    const bool there = std::filesystem::exists(file);
    ASSIGN_OR_RETURN(const auto key, there ? platform::SigningKey::Load(file)
                                           : platform::SigningKey::Generate(file));
    json jwk = json::parse(key->public_jwk());
    jwk["thidua_use"] = name == "access" || name == "assertion" ? name : "service:" + name;
    keys.push_back(jwk);
  }
  // Written last and whole: its presence says that all keys are there.
  const std::filesystem::path list = directory / "trusted.jwks";
  const std::filesystem::path temporary = directory / "trusted.jwks.new";
  std::ofstream(temporary) << json{{"keys", keys}}.dump(1) << "\n";
  std::filesystem::rename(temporary, list, error);
  if (error) return absl::InternalError("cannot write " + list.string() + ": " + error.message());
  return Show(session, {{"directory", directory.string()}, {"keys", keys}}, [](const json& value) {
    std::cout << value["keys"].size() << " khóa trong " << value["directory"].get<std::string>()
              << "\n";
  });
}

absl::Status PrintToken(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("token [--as MÃ_CÁN_BỘ]");
  ASSIGN_OR_RETURN(const std::string token, session.Token());
  return Show(session, {{"access_token", token}}, [](const json& value) {
    std::cout << value["access_token"].get<std::string>() << "\n";
  });
}

}  // namespace thidua::ctl
