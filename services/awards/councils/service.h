// CouncilService: councils (service.cc), their ballots (service_ballots.cc) and meetings
// (service_meetings.cc).
#pragma once

#include "awards/councils/store.h"
#include "awards/councils/store_meetings.h"
#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/awards/v1/council_service.grpc.pb.h"

namespace thidua::awards::councils {

class Service final : public v1::CouncilService::CallbackService {
 public:
  // `units` answers for the units below a nominated one; all must outlive the service.
  Service(platform::Admission& admission, db::Pool& pool, platform::UnitTree& units);

  grpc::ServerUnaryReactor* CreateCouncil(grpc::CallbackServerContext* context,
                                          const v1::CreateCouncilRequest* request,
                                          v1::Council* response) override;
  grpc::ServerUnaryReactor* UpdateCouncil(grpc::CallbackServerContext* context,
                                          const v1::UpdateCouncilRequest* request,
                                          v1::Council* response) override;
  grpc::ServerUnaryReactor* GetCouncil(grpc::CallbackServerContext* context,
                                       const v1::GetCouncilRequest* request,
                                       v1::Council* response) override;
  grpc::ServerUnaryReactor* ListCouncils(grpc::CallbackServerContext* context,
                                         const v1::ListCouncilsRequest* request,
                                         v1::ListCouncilsResponse* response) override;
  grpc::ServerUnaryReactor* OpenBallot(grpc::CallbackServerContext* context,
                                       const v1::OpenBallotRequest* request,
                                       v1::Ballot* response) override;
  grpc::ServerUnaryReactor* CastVote(grpc::CallbackServerContext* context,
                                     const v1::CastVoteRequest* request,
                                     v1::CastVoteResponse* response) override;
  grpc::ServerUnaryReactor* RecordWrittenOpinion(
      grpc::CallbackServerContext* context, const v1::RecordWrittenOpinionRequest* request,
      v1::RecordWrittenOpinionResponse* response) override;
  grpc::ServerUnaryReactor* CloseBallot(grpc::CallbackServerContext* context,
                                        const v1::CloseBallotRequest* request,
                                        v1::Ballot* response) override;
  grpc::ServerUnaryReactor* CancelBallot(grpc::CallbackServerContext* context,
                                         const v1::CancelBallotRequest* request,
                                         v1::Ballot* response) override;
  grpc::ServerUnaryReactor* GetBallot(grpc::CallbackServerContext* context,
                                      const v1::GetBallotRequest* request,
                                      v1::Ballot* response) override;
  grpc::ServerUnaryReactor* ListBallots(grpc::CallbackServerContext* context,
                                        const v1::ListBallotsRequest* request,
                                        v1::ListBallotsResponse* response) override;
  grpc::ServerUnaryReactor* ScheduleMeeting(grpc::CallbackServerContext* context,
                                            const v1::ScheduleMeetingRequest* request,
                                            v1::Meeting* response) override;
  grpc::ServerUnaryReactor* UpdateMeeting(grpc::CallbackServerContext* context,
                                          const v1::UpdateMeetingRequest* request,
                                          v1::Meeting* response) override;
  grpc::ServerUnaryReactor* CancelMeeting(grpc::CallbackServerContext* context,
                                          const v1::CancelMeetingRequest* request,
                                          v1::Meeting* response) override;
  grpc::ServerUnaryReactor* GetMeeting(grpc::CallbackServerContext* context,
                                       const v1::GetMeetingRequest* request,
                                       v1::Meeting* response) override;
  grpc::ServerUnaryReactor* ListMeetings(grpc::CallbackServerContext* context,
                                         const v1::ListMeetingsRequest* request,
                                         v1::ListMeetingsResponse* response) override;

 private:
  // The council, for who holds the rpc's permission at its unit.
  absl::StatusOr<CouncilRow> FindAndRequire(const platform::Call& call,
                                            const std::string& council_id) const;
  // Whether the caller holds the rpc's permission at the ballot's unit.
  absl::Status RequireBallot(const platform::Call& call, const std::string& ballot_id) const;
  // The meeting, for who holds the rpc's permission at its unit.
  absl::StatusOr<MeetingRow> FindMeetingAndRequire(const platform::Call& call,
                                                   const std::string& id) const;

  db::Pool& pool_;
  platform::UnitTree& units_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::councils
