// Units that move, merge and end, and codes that pass from one to another.
#include <thread>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "campaign/directory/directory_fixture.h"
#include "platform/clock.h"
#include "platform/executor.h"

namespace thidua::campaign::directory {
namespace {

using ::testing::ElementsAre;
using Stub = v1::DirectoryService::Stub;

TEST_F(DirectoryTest, AMoveRepeatedAfterTheUnitHasMovedOnHasTheFirstAnswer) {
  LoadDirectory();
  ASSERT_TRUE(ImportUnits(std::string(kHeader) +
                          "H00.20.12.1,ROOM,Bộ phận một,H00.20.12,,2022-01-01,,yes,\n")
                  .applied())
      << reason();
  const std::string room = UnitOf("H00.20.12.1");
  std::vector<platform::Grant> grants;
  for (const std::string& unit : {room, UnitOf("H00.20.11"), UnitOf("H00.20.12")}) {
    grants.push_back({unit.substr(unit.find('/') + 1), {"campaign.units.*"}});
  }
  const std::string mover = keys().Token("person:mover", grants);
  const auto move = [&](const std::string& to) {
    v1::UpdateUnitRequest request = Note(Get(room), "");
    request.clear_update_mask();
    request.mutable_update_mask()->add_paths("parents");
    request.mutable_unit()->add_parents()->set_unit(to);
    return request;
  };
  const v1::UpdateUnitRequest request = move(UnitOf("H00.20.11"));
  const v1::Unit first = Ask(directory(), &Stub::UpdateUnit, request, mover);
  ASSERT_TRUE(status.ok()) << reason();
  Ask(directory(), &Stub::UpdateUnit, move(UnitOf("H00.20")));
  ASSERT_TRUE(status.ok()) << reason();
  // It lies where the caller has no right by now.
  const v1::Unit again = Ask(directory(), &Stub::UpdateUnit, request, mover);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  Ask(directory(), &Stub::UpdateUnit, move(UnitOf("H00.20.11")), mover);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << "as a new request";
}

// Rights at parents are read over a connection too: who asked for them while holding one would wait
// for another that may never come.
TEST_F(DirectoryTest, AMoveNeedsOneConnectionAtATime) {
  LoadDirectory();
  ASSERT_TRUE(ImportUnits(std::string(kHeader) +
                          "H00.20.12.1,ROOM,Bộ phận một,H00.20.12,,2022-01-01,,yes,\n")
                  .applied())
      << reason();
  v1::UpdateUnitRequest request = Note(Get(UnitOf("H00.20.12.1")), "");
  request.clear_update_mask();
  request.mutable_update_mask()->add_paths("parents");
  request.mutable_unit()->add_parents()->set_unit(UnitOf("H00.20.11"));
  // By a right above the parents, so that the tree is asked.
  const std::string mover = TokenAt(UnitOf("H00.20"), {"campaign.units.*"});
  const int taken = pool_->stats().limit - 1;
  absl::BlockingCounter held(taken);
  absl::Notification go_on;
  std::vector<std::thread> holders;
  holders.reserve(taken);
  for (int i = 0; i < taken; ++i) {
    holders.emplace_back([&] {
      const platform::WorkerScope may_block;
      const absl::Status holding =
          pool_->ReadOnly(absl::Now() + absl::Seconds(60), [&](db::Session&) -> absl::Status {
            held.DecrementCount();
            go_on.WaitForNotification();
            return absl::OkStatus();
          });
      EXPECT_TRUE(holding.ok()) << holding;
    });
  }
  held.Wait();
  Ask(directory(), &Stub::UpdateUnit, request, mover);
  EXPECT_TRUE(status.ok()) << reason();
  go_on.Notify();
  for (std::thread& holder : holders) holder.join();
}

TEST_F(DirectoryTest, ACodeBelongsToOneUnitAtATime) {
  LoadDirectory();
  v1::CreateUnitRequest request;
  request.mutable_unit()->set_type(v1::UNIT_TYPE_COMMUNE);
  request.mutable_unit()->set_valid_from("2022-01-01");
  request.mutable_unit()->add_names()->set_text("Xã khác");
  request.mutable_unit()->add_parents()->set_unit(UnitOf("H00.20"));
  request.mutable_unit()->add_codes()->set_code("H00.20.11");
  request.set_request_id(Next());
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_EQ(reason(), "CODE_TAKEN");
  EXPECT_THAT(fields(), ElementsAre("unit.codes[0].code"));
}

// shows: S4-36
TEST_F(DirectoryTest, AHistoryHasAnEnd) {
  LoadDirectory();
  v1::CreateUnitRequest request;
  request.set_request_id(Next());
  v1::Unit* unit = request.mutable_unit();
  unit->set_type(v1::UNIT_TYPE_COMMUNE);
  unit->set_valid_from("2022-02-01");
  unit->add_parents()->set_unit(UnitOf("H00.20"));
  for (absl::CivilDay day(2022, 2, 1); unit->names_size() <= 100; ++day) {
    auto* name = unit->add_names();
    name->set_text("Xã " + std::to_string(unit->names_size()));
    name->set_valid_from(platform::FormatDate(day));
    if (unit->names_size() <= 100) name->set_valid_to(platform::FormatDate(day));
  }
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "TOO_MANY");
  EXPECT_THAT(fields(), ElementsAre("unit.names"));
  unit->mutable_names()->RemoveLast();
  unit->mutable_names(99)->clear_valid_to();
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(DirectoryTest, AMergedUnitLivesOnInItsSuccessor) {
  LoadDirectory();
  const std::string province = UnitOf("H00");
  const std::string district = UnitOf("H00.20");
  const v1::Unit merged = Get(UnitOf("H00.20.13"));
  const std::string heir = UnitOf("H00.20.12");
  v1::CloseUnitRequest close;
  close.set_name(merged.name());
  close.set_last_day("2025-06-30");
  close.set_closing(v1::UNIT_CLOSING_MERGED);
  close.add_successors(heir);
  close.set_reason("sáp nhập (kiểm thử)");
  close.set_etag(merged.etag());
  close.set_request_id(Next());
  const v1::Unit closed = Ask(directory(), &Stub::CloseUnit, close);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(closed.valid_to(), "2025-06-30");
  EXPECT_THAT(closed.successors(), ElementsAre(heir));
  // The district ends too; what stands below it moves to the province.
  v1::CloseUnitRequest end;
  end.set_name(district);
  end.set_last_day("2025-06-30");
  end.set_closing(v1::UNIT_CLOSING_ABOLISHED);
  end.set_reason("bỏ cấp huyện (kiểm thử)");
  end.set_etag(Get(district).etag());
  end.set_request_id(Next());
  Ask(directory(), &Stub::CloseUnit, end);
  EXPECT_EQ(reason(), "UNIT_HAS_CHILDREN");
  end.set_children_to(province);
  Ask(directory(), &Stub::CloseUnit, end);
  // A room may stand below a province, a commune too.
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2025-07-01");
  EXPECT_EQ(Get(heir).parent(), province);
  EXPECT_EQ(Get(heir, "2025-06-30").parent(), district);
  // The role at the successor covers the unit whose place it took.
  Get(merged.name(), "2025-06-30", TokenAt(heir, {"campaign.units.read"}));
  EXPECT_TRUE(status.ok()) << reason();
}

}  // namespace
}  // namespace thidua::campaign::directory
