// Initiatives of 2023: registered by their units, judged by an initiative council or recognised by
// another authority, before the scores count them.
#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/award_acts.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kInitiatives[] = "awards.v1.InitiativeService/";
// Of five members four come; with three for it a proposal has more than half of all.
constexpr int kPresent = 4;

enum class Fate { kRegistered, kByAuthority, kCarried, kNotCarried };

// A procedure before and after; `procedure` is null for an initiative that cuts none.
struct Cut {
  const char* procedure = nullptr;
  int components_before = 0;
  int components_after = 0;
  int days_before = 0;
  int days_after = 0;
};

struct Idea {
  const char* unit;
  const char* officer;  // who registers it and is its author
  const char* title;
  const char* summary;
  Fate fate;
  const char* document = "";  // by which it was recognised
  const char* date = "";
  Cut cut{};
};

const std::vector<Idea>& Ideas() {
  static const auto& ideas = *new std::vector<Idea>{
      {"H00.20.11",
       "KN-DM-01",
       "Rút ngắn thời gian chứng thực bản sao tại bộ phận một cửa",
       "Trả kết quả trong ngày nhờ đối chiếu bản chính khi tiếp nhận",
       Fate::kByAuthority,
       "998/QĐ-UBND (trình diễn)",
       "2023-12-20",
       {"Chứng thực bản sao từ bản chính", 2, 2, 2, 1}},
      {"H00.20.12", "KN-DD-01", "Tổ hỗ trợ nộp hồ sơ trực tuyến tại thôn, buôn",
       "Đoàn viên thanh niên giúp người dân nộp hồ sơ trực tuyến tại nhà văn hóa thôn, buôn",
       Fate::kCarried, "97/QĐ-UBND (trình diễn)", "2024-02-01"},
      {"H00.20.14",
       "KN-ND-01",
       "Bớt thành phần hồ sơ đăng ký hộ kinh doanh nhờ tra cứu dữ liệu dân cư",
       "Không yêu cầu bản sao giấy tờ tùy thân, công chức tự tra cứu",
       Fate::kByAuthority,
       "996/QĐ-UBND (trình diễn)",
       "2023-12-20",
       {"Đăng ký thành lập hộ kinh doanh", 4, 3, 3, 2}},
      {"H00.20.17", "KN-DG-01", "Hẹn giờ trả kết quả qua tin nhắn",
       "Người dân chọn giờ đến nhận, không phải chờ", Fate::kByAuthority,
       "995/QĐ-UBND (trình diễn)", "2023-12-20"},
      {"H00.20.20", "KN-NX-01", "Sổ tay thủ tục hành chính bằng hình ảnh",
       "Hướng dẫn bằng hình ảnh cho người dân chưa thạo chữ", Fate::kNotCarried},
      {"H00.20.03", "KN-TP-01", "Kho mẫu văn bản dùng chung cho công chức tư pháp - hộ tịch",
       "Các xã, thị trấn dùng chung mẫu đã được kiểm tra", Fate::kByAuthority,
       "994/QĐ-UBND (trình diễn)", "2023-12-20"},
      {"H00.20.06", "KN-GDDT-01", "Chuyển hồ sơ học sinh giữa các trường qua trục liên thông",
       "Phụ huynh không phải đi lại giữa hai trường", Fate::kRegistered},
  };
  return ideas;
}

absl::StatusOr<json> Register(Stage& stage, const Idea& idea) {
  ASSIGN_OR_RETURN(const json author, stage.Person(idea.officer));
  json initiative = {{"unit", stage.Unit(idea.unit)},
                     {"title", idea.title},
                     {"kind", "INITIATIVE_KIND_GENERAL"},
                     {"year", 2023},
                     {"summary", idea.summary},
                     {"authors", json::array({author["name"]})},
                     {"author_shares", json::array({100})}};
  if (idea.cut.procedure != nullptr) {
    initiative["kind"] = "INITIATIVE_KIND_PROCEDURE_CUT";
    initiative["procedure_cut"] = {{"procedure", idea.cut.procedure},
                                   {"components_before", idea.cut.components_before},
                                   {"components_after", idea.cut.components_after},
                                   {"days_before", idea.cut.days_before},
                                   {"days_after", idea.cut.days_after}};
  }
  return stage.Act(absl::StrCat("initiative-", idea.unit), idea.officer,
                   absl::StrCat(kInitiatives, "CreateInitiative"), {{"initiative", initiative}});
}

// A competent authority, not the unit itself, recognises it.
absl::Status Recognise(Stage& stage, const Idea& idea, const json& initiative) {
  const std::string act = absl::StrCat("initiative-recognised-", idea.unit);
  ASSIGN_OR_RETURN(const std::string file,
                   stage.Upload(act + "-paper", "awards", idea.officer, stage.Unit(idea.unit),
                                "quyet-dinh-cong-nhan-sang-kien.pdf", "Cong nhan sang kien"));
  return stage
      .Act(act, "KN-UBH-01", absl::StrCat(kInitiatives, "RecogniseInitiative"),
           {{"name", initiative["name"]},
            {"recognition",
             {{"authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
              {"document_number", idea.document},
              {"date", idea.date},
              {"file", file},
              {"scope", "INFLUENCE_SCOPE_LOCAL"}}}})
      .status();
}

absl::StatusOr<std::string> MakeInitiativeCouncil(Stage& stage) {
  ASSIGN_OR_RETURN(
      const json council,
      MakeCouncil(stage, {"initiative-council", "COUNCIL_KIND_INITIATIVE",
                          "Hội đồng Sáng kiến huyện Krông Nô", "Hội đồng Sáng kiến",
                          /*has_secretary=*/false,
                          json{{"threshold", {{"numerator", "1"}, {"denominator", "2"}}},
                               {"threshold_exclusive", true},
                               {"legal_basis", "Quy chế trình diễn của Hội đồng Sáng kiến"}}}));
  return council["name"].get<std::string>();
}

// All who came vote the same way.
absl::Status Judge(Stage& stage, const std::string& council, const Idea& idea,
                   const json& initiative) {
  const std::string act = absl::StrCat("initiative-ballot-", idea.unit);
  ASSIGN_OR_RETURN(const json ballot,
                   stage.Act(act, "KN-PNV-01", absl::StrCat(kCouncils, "OpenBallot"),
                             {{"council", council}, {"initiative", initiative["name"]}}));
  json present = json::array();
  for (int i = 0; i < kPresent; ++i) {
    RETURN_IF_ERROR(stage
                        .Act(absl::StrCat(act, "-", kCouncilMembers[i]), kCouncilMembers[i],
                             absl::StrCat(kCouncils, "CastVote"),
                             {{"name", ballot["name"]},
                              {"choice", idea.fate == Fate::kCarried ? "VOTE_CHOICE_FOR"
                                                                     : "VOTE_CHOICE_AGAINST"}})
                        .status());
    ASSIGN_OR_RETURN(const json person, stage.Person(kCouncilMembers[i]));
    present.push_back(person["name"]);
  }
  ASSIGN_OR_RETURN(
      const json closed,
      stage.Act(act + "-close", "KN-UBH-01", absl::StrCat(kCouncils, "CloseBallot"),
                {{"name", ballot["name"]},
                 {"minutes",
                  {{"meeting_date", "2024-02-01"}, {"place", "Krông Nô"}, {"present", present}}}}));
  const json& tally = closed["tally"];
  stage.Say(absl::StrCat("Hội đồng Sáng kiến về “", idea.title,
                         "”: ", tally["votes_for"].get<int>(), "/",
                         tally["total_members"].get<int>(), " thành viên tán thành, ",
                         tally["carried"].get<bool>() ? "thông qua" : "không thông qua"));
  return absl::OkStatus();
}

}  // namespace

absl::Status PlayInitiatives(Stage& stage) {
  ASSIGN_OR_RETURN(const std::string council, MakeInitiativeCouncil(stage));
  int recognised = 0;
  for (const Idea& idea : Ideas()) {
    ASSIGN_OR_RETURN(const json initiative, Register(stage, idea));
    if (idea.fate == Fate::kCarried || idea.fate == Fate::kNotCarried) {
      RETURN_IF_ERROR(Judge(stage, council, idea, initiative));
    }
    if (idea.fate == Fate::kByAuthority || idea.fate == Fate::kCarried) {
      RETURN_IF_ERROR(Recognise(stage, idea, initiative));
      ++recognised;
    }
    if (idea.cut.procedure != nullptr) {
      stage.Say(absl::StrCat("cắt giảm thủ tục “", idea.cut.procedure, "”: thành phần hồ sơ ",
                             idea.cut.components_before, " → ", idea.cut.components_after,
                             ", thời gian ", idea.cut.days_before, " → ", idea.cut.days_after,
                             " ngày"));
    }
  }
  stage.Say(absl::StrCat("sáng kiến năm 2023: ", Ideas().size(), " đã đăng ký, ", recognised,
                         " được công nhận"));
  // Scoring counts what it has read of the register.
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
