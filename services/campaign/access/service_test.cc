// Roles, clients and tokens as a caller sees them.
#include <fstream>
#include <iterator>

#include "campaign/testing/campaign_test.h"
#include "nlohmann/json.hpp"
#include "platform/signed_jwks.h"
#include "platform/status.h"

namespace thidua::campaign::access {
namespace {

using ::testing::HasSubstr;
using Stub = v1::AccessService::Stub;

class AccessTest : public CampaignTest {
 protected:
  void SetUp() override { LoadDirectory(); }

  // Sends a form without a token; the JSON of the answer.
  nlohmann::json Token(const std::string& form) {
    v1::IssueTokenRequest request;
    request.mutable_form()->set_content_type("application/x-www-form-urlencoded");
    request.mutable_form()->set_data(form);
    google::api::HttpBody answer;
    status = access().IssueToken(test::WithToken("").get(), request, &answer);
    return status.ok() ? nlohmann::json::parse(answer.data()) : nlohmann::json();
  }
  std::string Assertion(const std::string& subject) {
    const auto jwt = platform::MintAssertion(*keys().key("assertion"), subject, absl::Now());
    EXPECT_TRUE(jwt.ok()) << jwt.status();
    return "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + *jwt;
  }
  std::string PersonOf(const std::string& staff_code) {
    v1::ListPeopleRequest request;
    request.set_staff_code(staff_code);
    const auto people = Ask(directory(), &v1::DirectoryService::Stub::ListPeople, request);
    EXPECT_EQ(people.people_size(), 1);
    return people.people(0).name();
  }
  v1::CreateRoleBindingRequest Binding(const std::string& principal, const std::string& role,
                                       const std::string& unit) {
    v1::CreateRoleBindingRequest request;
    request.mutable_role_binding()->set_principal(principal);
    request.mutable_role_binding()->set_role("roles/" + role);
    request.mutable_role_binding()->set_unit(unit);
    request.set_request_id(Next());
    return request;
  }
};

TEST_F(AccessTest, APersonGetsATokenWithTheRightsOfTheDay) {
  const nlohmann::json answer = Token(Assertion("staff:KN-DM-01"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(answer["token_type"], "Bearer");
  EXPECT_EQ(answer["expires_in"], 900);
  const std::string token = answer["access_token"];
  v1::GetUnitRequest get;
  get.set_name(UnitOf("H00.20.11"));
  Ask(directory(), &v1::DirectoryService::Stub::GetUnit, get, token);
  EXPECT_TRUE(status.ok()) << reason();
  get.set_name(UnitOf("H00.20.12"));
  Ask(directory(), &v1::DirectoryService::Stub::GetUnit, get, token);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const std::string id = PersonOf("KN-DM-01");
  Token(Assertion("person:" + id.substr(id.find('/') + 1)));
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(AccessTest, WhoIsNotInTheDirectoryGetsNone) {
  for (const char* subject :
       {"staff:KHONG-CO", "person:00000000000000000000000000", "robot:x", "nobody"}) {
    Token(Assertion(subject));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << subject;
    EXPECT_EQ(reason(), "OAUTH_INVALID_GRANT") << subject;
  }
  MoveTo("2021-01-01");
  Token(Assertion("staff:KN-DM-01"));
  EXPECT_EQ(reason(), "OAUTH_INVALID_GRANT") << "holds no post on that day";
}

TEST_F(AccessTest, OnlyTheIdentityProviderVouches) {
  const auto jwt = platform::MintAssertion(*keys().key("access"), "staff:KN-DM-01", absl::Now());
  Token("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + *jwt);
  EXPECT_EQ(reason(), "OAUTH_INVALID_GRANT");
  Token("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x.y.z");
  EXPECT_EQ(reason(), "OAUTH_INVALID_GRANT");
  Token("grant_type=password&username=a");
  EXPECT_EQ(reason(), "OAUTH_UNSUPPORTED_GRANT_TYPE");
  Token("grant_type=a&grant_type=b");
  EXPECT_EQ(reason(), "OAUTH_INVALID_REQUEST");
  Token("");
  EXPECT_EQ(reason(), "OAUTH_INVALID_REQUEST");
}

TEST_F(AccessTest, AClientProvesItselfByItsSecret) {
  v1::CreateClientRequest create;
  create.mutable_client()->set_title("Hệ thống một cửa huyện Krông Nô");
  create.mutable_client()->set_unit(UnitOf("H00.20"));
  create.set_request_id(Next());
  const v1::ClientWithSecret made = Ask(access(), &Stub::CreateClient, create);
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_FALSE(made.secret().empty());
  // A repeat tells the client, and never again the secret.
  const v1::ClientWithSecret again = Ask(access(), &Stub::CreateClient, create);
  EXPECT_EQ(again.client().name(), made.client().name());
  EXPECT_EQ(again.secret(), "");
  Ask(access(), &Stub::CreateRoleBinding,
      Binding(made.client().name(), "DATA_SYSTEM", UnitOf("H00.20")));
  ASSERT_TRUE(status.ok()) << reason();

  const std::string id = made.client().name().substr(std::string("clients/").size());
  const std::string form = "grant_type=client_credentials&client_id=" + id + "&client_secret=";
  EXPECT_THAT(Token(form + made.secret()).dump(), HasSubstr("access_token"));
  Token(form + "x" + made.secret().substr(1) + "x");
  EXPECT_EQ(reason(), "OAUTH_INVALID_CLIENT");

  v1::RotateClientSecretRequest rotate;
  rotate.set_name(made.client().name());
  rotate.set_etag(made.client().etag());
  rotate.set_request_id(Next());
  const v1::ClientWithSecret rotated = Ask(access(), &Stub::RotateClientSecret, rotate);
  ASSERT_TRUE(status.ok()) << reason();
  Token(form + made.secret());
  EXPECT_EQ(reason(), "OAUTH_INVALID_CLIENT");
  Token(form + rotated.secret());
  EXPECT_TRUE(status.ok()) << reason();

  v1::DisableClientRequest disable;
  disable.set_name(made.client().name());
  disable.set_etag(rotated.client().etag());
  disable.set_reason("kiểm thử");
  disable.set_request_id(Next());
  Ask(access(), &Stub::DisableClient, disable);
  ASSERT_TRUE(status.ok()) << reason();
  Token(form + rotated.secret());
  EXPECT_EQ(reason(), "OAUTH_INVALID_CLIENT");
}

TEST_F(AccessTest, WhoSelfScoresDoesNotAppraiseTheSameUnit) {
  Ask(access(), &Stub::CreateRoleBinding,
      Binding(PersonOf("KN-DM-01"), "APPRAISER", UnitOf("H00.20.11")));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reason(), "ROLE_EXCLUDED");
  EXPECT_THAT(platform::TextOf(platform::FromGrpc(status), "vi"),
              HasSubstr("đang giữ vai trò “Công chức đầu mối của đơn vị” tại"));
  Ask(access(), &Stub::CreateRoleBinding,
      Binding(PersonOf("KN-DM-01"), "UNIT_OFFICER", UnitOf("H00.20.11")));
  EXPECT_EQ(reason(), "ROLE_HELD");
}

TEST_F(AccessTest, NobodyGivesMoreThanTheyHave) {
  const std::string district = UnitOf("H00.20");
  const std::string giver = TokenAt(district, {"campaign.access.write", "campaign.units.read"});
  Ask(access(), &Stub::CreateRoleBinding, Binding(PersonOf("KN-DM-01"), "LEADER", district), giver);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  Ask(access(), &Stub::CreateRoleBinding, Binding(PersonOf("KN-DM-01"), "PROVINCE_ADMIN", "*"),
      giver);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AccessTest, AnEndedBindingGivesNothing) {
  v1::ListRoleBindingsRequest list;
  list.set_principal(PersonOf("KN-DM-01"));
  const v1::RoleBinding binding = Ask(access(), &Stub::ListRoleBindings, list).role_bindings(0);
  v1::EndRoleBindingRequest end;
  end.set_name(binding.name());
  end.set_last_day("2022-09-30");
  end.set_reason("kiểm thử");
  end.set_etag(binding.etag());
  end.set_request_id(Next());
  Ask(access(), &Stub::EndRoleBinding, end);
  ASSERT_TRUE(status.ok()) << reason();
  const std::string token = Token(Assertion("staff:KN-DM-01"))["access_token"];
  v1::GetUnitRequest get;
  get.set_name(UnitOf("H00.20.11"));
  Ask(directory(), &v1::DirectoryService::Stub::GetUnit, get, token);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AccessTest, RightsThatDoNotFitIntoATokenAreRefused) {
  std::string units =
      "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n";
  std::string roles = "staff_code,role,unit_code,valid_from,valid_to\n";
  for (int i = 100; i < 130; ++i) {
    const std::string code = "H00.20." + std::to_string(i);
    units += code + ",ROOM,Phòng " + std::to_string(i) + ",H00.20,,2022-01-01,,yes,\n";
    roles += "KN-PNV-03,UNIT_OFFICER," + code + ",2022-01-01,\n";
  }
  ASSERT_EQ(ImportUnits(units).created_count(), 30);
  ASSERT_EQ(ImportRoles(roles).created_count(), 30);
  Token(Assertion("staff:KN-PNV-03"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(reason(), "TOKEN_TOO_LARGE");
}

TEST_F(AccessTest, PublicKeysAreForAccessTokensOnly) {
  google::api::HttpBody answer;
  status = access().GetJwks(test::WithToken("").get(), v1::GetJwksRequest(), &answer);
  ASSERT_TRUE(status.ok()) << reason();
  const nlohmann::json jwks = nlohmann::json::parse(answer.data());
  ASSERT_EQ(jwks["keys"].size(), 1u);
  EXPECT_EQ(jwks["keys"][0]["kid"], keys().key("access")->key_id());
  EXPECT_FALSE(jwks["keys"][0].contains("d"));
}

TEST_F(AccessTest, PublicKeysAreSignedByTheService) {
  google::api::HttpBody answer;
  status = access().GetJwks(test::WithToken("").get(), v1::GetJwksRequest(), &answer);
  ASSERT_TRUE(status.ok()) << reason();
  std::ifstream in(keys().jwks_file());
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  const auto list = platform::OpenSignedJwks(
      answer.data(), platform::ParseTrustedKeys(file).value(), "service:campaign");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->keys.count(keys().key("access")->key_id()), 1u);
  EXPECT_LT(absl::AbsDuration(absl::Now() - list->issued), absl::Minutes(1));
}

TEST_F(AccessTest, ImportOfRolesTellsErrorsByRow) {
  const v1::ImportReport report = ImportRoles(
      "staff_code,role,unit_code,valid_from,valid_to\n"
      "KHONG-CO,LEADER,H00,2022-01-01,\n"
      "KN-DM-01,CHU_TICH,H00,2022-01-01,\n"
      "KN-DM-01,LEADER,H00.99,2022-01-01,2021-01-01\n");
  ASSERT_TRUE(status.ok()) << reason();
  std::vector<std::string> errors;
  for (const v1::ImportRowError& error : report.errors()) {
    errors.push_back(std::to_string(error.line()) + ":" + error.column() + ":" + error.reason());
  }
  EXPECT_THAT(errors, ::testing::UnorderedElementsAre(
                          "2:staff_code:UNKNOWN_PERSON", "3:role:UNKNOWN_ROLE",
                          "4:unit_code:UNKNOWN_UNIT", "4:valid_to:SPAN_REVERSED"));
  EXPECT_FALSE(report.applied());
}

// A code passes from unit to unit: the right is asked for where the role is given.
TEST_F(AccessTest, AnImportOfRolesIsJudgedAtTheUnitThatGetsThem) {
  PassACodeOn();
  const std::string mine = TokenAt(UnitOf("H00.20.30"), {"*"});
  const std::string row =
      "staff_code,role,unit_code,valid_from,valid_to\n"
      "KN-DM-01,UNIT_OFFICER,H00.20.30,";
  ImportRoles(row + "2022-03-01,\n", mine);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ImportRoles(row + "2023-03-01,\n", mine).created_count(), 1) << reason();
  // No more than one has, there as well.
  const std::string writes = TokenAt(UnitOf("H00.20.30"), {"campaign.access.write"});
  ImportRoles(row + "2023-03-01,2023-12-31\n", writes);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AccessTest, ABindingFromTodayRepeatedOnAnotherDayHasTheFirstAnswer) {
  v1::CreateRoleBindingRequest request =
      Binding(PersonOf("KN-DM-01"), "AUDITOR", UnitOf("H00.20.11"));
  request.mutable_role_binding()->set_valid_to("2022-10-02");
  const v1::RoleBinding first = Ask(access(), &Stub::CreateRoleBinding, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(first.valid_from(), "2022-10-01");
  for (const char* day : {"2022-10-02", "2022-10-03"}) {
    MoveTo(day);
    const v1::RoleBinding again = Ask(access(), &Stub::CreateRoleBinding, request);
    EXPECT_TRUE(status.ok()) << day << ": " << reason();
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString()) << day;
  }
  request.set_request_id(Next());
  Ask(access(), &Stub::CreateRoleBinding, request);
  EXPECT_EQ(reason(), "SPAN_REVERSED") << "it would begin on the third";
  EXPECT_THAT(fields(), ::testing::ElementsAre("role_binding.valid_to"));
}

// What the request says by itself is told before anything is read, to whoever may not give it too.
TEST_F(AccessTest, ABindingThatEndsBeforeItBeginsIsRefusedAsAField) {
  v1::CreateRoleBindingRequest request =
      Binding(PersonOf("KN-DM-01"), "AUDITOR", UnitOf("H00.20.11"));
  request.mutable_role_binding()->set_valid_from("2022-10-05");
  request.mutable_role_binding()->set_valid_to("2022-10-04");
  const std::string elsewhere = TokenAt(UnitOf("H00.20.12"), {"*"});
  for (const std::string& token : {admin(), elsewhere}) {
    Ask(access(), &Stub::CreateRoleBinding, request, token);
    EXPECT_EQ(reason(), "SPAN_REVERSED");
    EXPECT_THAT(fields(), ::testing::ElementsAre("role_binding.valid_to"));
  }
  request.mutable_role_binding()->set_valid_to("2022-10-05");
  request.set_request_id(Next());
  Ask(access(), &Stub::CreateRoleBinding, request, elsewhere);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  Ask(access(), &Stub::CreateRoleBinding, request);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(AccessTest, ARefusedImportOfRolesIsJudgedAnewWhenItIsRepeated) {
  v1::ImportRoleBindingsRequest roles;
  roles.mutable_content()->set_content_type("text/csv");
  roles.mutable_content()->set_data(
      "staff_code,role,unit_code,valid_from,valid_to\nMOI-01,LEADER,H00,2022-01-01,\n");
  roles.set_request_id("the-hash-of-roles.csv");
  EXPECT_FALSE(Ask(access(), &v1::AccessService::Stub::ImportRoleBindings, roles).applied());
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_TRUE(ImportPeople("staff_code,full_name,category,unit_code,position,valid_from,valid_to,"
                           "email,phone,synthetic,note\n"
                           "MOI-01,Lê Văn Mới,CIVIL_SERVANT,H00,Chuyên viên,2022-01-01,,,,yes,\n")
                  .applied());
  EXPECT_TRUE(Ask(access(), &v1::AccessService::Stub::ImportRoleBindings, roles).applied());
}

}  // namespace
}  // namespace thidua::campaign::access
