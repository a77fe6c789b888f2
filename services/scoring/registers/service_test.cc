// RegisterService over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::registers {
namespace {

using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;

class RegisterServiceTest : public RoundTest {
 protected:
  grpc::Status Import(const v1::ImportRegisterRequest& request, v1::FiguresImportReport* report,
                      const std::string& token = "") {
    return registers_->ImportRegister(WithToken(token.empty() ? HomeAffairs() : token).get(),
                                      request, report);
  }
  static std::vector<std::string> Errors(const v1::FiguresImportReport& report) {
    std::vector<std::string> errors;
    for (const v1::FiguresImportError& error : report.errors()) {
      errors.push_back(absl::StrCat(error.line(), " ", error.column(), " ", error.reason()));
    }
    return errors;
  }
};

// shows: S4-13
TEST_F(RegisterServiceTest, ARegisterIsPublishedByItsImportAndCorrectedByAnother) {
  const v1::FiguresImportReport first =
      ImportedRegister(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,1\nH00.9.2,25,0\n");
  v1::GetRegisterRequest get;
  get.set_name(first.target());
  v1::Register held;
  Must(registers_->GetRegister(WithToken(HomeAffairs()).get(), get, &held));
  EXPECT_EQ(held.kind(), v1::REGISTER_KIND_VIOLATIONS);
  EXPECT_EQ(held.year(), 2023);
  EXPECT_EQ(held.document_number(), "30/BC-UBND");
  EXPECT_EQ(held.unit_count(), 2);
  EXPECT_EQ(held.superseded_by(), "");

  v1::FiguresImportReport report;
  v1::ImportRegisterRequest again = RegisterRequest(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,0\n");
  EXPECT_EQ(Reason(Import(again, &report)), "REGISTER_EXISTS");
  again.set_corrects(first.target());
  again.set_correction_reason("Quyết định kỷ luật bị hủy");
  Must(Import(again, &report));
  Must(registers_->GetRegister(WithToken(HomeAffairs()).get(), get, &held));
  EXPECT_EQ(held.superseded_by(), report.target());
  again.set_request_id(Id());
  EXPECT_EQ(Reason(Import(again, &report)), "CORRECTS_NOT_CURRENT");
  v1::ListRegistersRequest list;
  list.set_kind(v1::REGISTER_KIND_VIOLATIONS);
  v1::ListRegistersResponse listed;
  Must(registers_->ListRegisters(WithToken(HomeAffairs()).get(), list, &listed));
  EXPECT_EQ(listed.registers_size(), 2);
  list.set_kind(v1::REGISTER_KIND_PETITIONS);
  Must(registers_->ListRegisters(WithToken(HomeAffairs()).get(), list, &listed));
  EXPECT_EQ(listed.registers_size(), 0);
  EXPECT_EQ(Column("SELECT COUNT(*) FROM events WHERE type = "
                   "'thidua.scoring.v1.RegisterPublished'"),
            "2\n");
}

TEST_F(RegisterServiceTest, OfTwoFirstImportsAtOnceOneIsToldThatThereIsARegister) {
  v1::ImportRegisterRequest requests[] = {
      RegisterRequest(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,1\n"),
      RegisterRequest(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,0\n")};
  const auto import = [&](size_t i) {
    return [&, i] {
      v1::FiguresImportReport report;
      return Import(requests[i], &report);
    };
  };
  EXPECT_THAT(BothAtOnce("registers", "registers_current", "INSERT INTO registers ",
                         {import(0), import(1)}),
              ElementsAre("", "REGISTER_EXISTS"));
  EXPECT_EQ(Count("registers"), 1);
}

// Each change of a register is an event of its own version, which says what was there before.
TEST_F(RegisterServiceTest, TheRegisterThatIsCorrectedHasItsOwnEvent) {
  const v1::FiguresImportReport first =
      ImportedRegister(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,1\n");
  v1::ImportRegisterRequest again = RegisterRequest(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,0\n");
  again.set_corrects(first.target());
  again.set_correction_reason("Quyết định kỷ luật bị hủy");
  v1::FiguresImportReport second;
  Must(Import(again, &second));
  const std::string id = first.target().substr(first.target().find('/') + 1);
  const auto told = [&](const std::string& what) {
    return Column(absl::StrCat("SELECT ", what, " FROM events WHERE aggregate_id = '", id,
                               "' ORDER BY aggregate_version"));
  };
  EXPECT_EQ(told("CONCAT(aggregate_version, ' ', type)"),
            "1 thidua.scoring.v1.RegisterPublished\n2 thidua.scoring.v1.Register\n");
  EXPECT_EQ(told("JSON_VALUE(payload, '$.superseded_by')"), "-\n" + second.target() + "\n");
  EXPECT_EQ(told("JSON_VALUE(before_payload, '$.name')"), "-\n" + first.target() + "\n");
  EXPECT_EQ(told("JSON_VALUE(before_payload, '$.superseded_by')"), "-\n-\n");
  EXPECT_EQ(told("reason"), "\nQuyết định kỷ luật bị hủy\n");
}

TEST_F(RegisterServiceTest, AFileIsTakenWholeOrNotAtAll) {
  v1::FiguresImportReport report;
  Must(Import(
      RegisterRequest(v1::REGISTER_KIND_PETITIONS, "H00.9.1,20,21\nH00.9.2,hai,0\nH00.8,3,1\n"),
      &report));
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(report.target(), "");
  EXPECT_THAT(Errors(report),
              ElementsAre("2 counted COUNTED_ABOVE_TOTAL", "3 total NUMBER_MALFORMED",
                          "4 unit_code UNIT_NOT_GRANTED"));
  EXPECT_EQ(Count("registers"), 0);
  v1::ImportRegisterRequest request = RegisterRequest(v1::REGISTER_KIND_PETITIONS, "H00.9.1,2,1\n");
  request.set_validate_only(true);
  Must(Import(request, &report));
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(Count("registers"), 0);
}

TEST_F(RegisterServiceTest, WhoMayAndWhatDoesNotFit) {
  v1::FiguresImportReport report;
  v1::ImportRegisterRequest request =
      RegisterRequest(v1::REGISTER_KIND_UNSPECIFIED, "H00.9.1,2,1\n");
  request.set_year(2025);
  request.clear_document_number();
  request.set_document_date("2023-02-29");
  EXPECT_THAT(Fields(Import(request, &report)),
              ElementsAre("kind", "year", "document_number", "document_date"));
  const std::string commune =
      Token("person:writer", communes_[0], {"scoring.registers.write", "scoring.registers.read"});
  EXPECT_EQ(Reason(Import(RegisterRequest(v1::REGISTER_KIND_PETITIONS, "H00.9.1,2,1\n"), &report,
                          commune)),
            "PERMISSION_DENIED");
  const std::string name =
      ImportedRegister(v1::REGISTER_KIND_ONE_STOP_PROCEDURES, "H00.9.1,120,119\nH00.9.2,120,120\n")
          .target();
  // Figures only of units within reach; a register that is not there is none for anybody.
  v1::GetRegisterRequest get;
  get.set_name(name);
  v1::Register held;
  Must(registers_->GetRegister(WithToken(commune).get(), get, &held));
  ASSERT_EQ(held.figures_size(), 1);
  EXPECT_EQ(held.figures(0).unit(), "units/" + communes_[0]);
  EXPECT_EQ(held.figures(0).unit_name(), "UBND xã 1");
  EXPECT_EQ(held.figures(0).counted(), 119);
  Must(registers_->GetRegister(WithToken(HomeAffairs()).get(), get, &held));
  EXPECT_EQ(held.figures_size(), 2);
  get.set_name("registers/00000000000000000000000000");
  EXPECT_EQ(Reason(registers_->GetRegister(WithToken(commune).get(), get, &held)),
            "REGISTER_NOT_FOUND");
  EXPECT_EQ(Reason(registers_->GetRegister(WithToken(Officer(0)).get(), get, &held)),
            "PERMISSION_DENIED");
}

}  // namespace
}  // namespace thidua::scoring::registers
