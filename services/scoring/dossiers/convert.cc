#include "scoring/dossiers/convert.h"

#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/timestamp.h"
#include "scoring/dossiers/resume_token.h"
#include "scoring/numbers/exact.h"

namespace thidua::scoring::dossiers {

void ToProto(const std::string& dossier_code, const State& state, v1::DossierRow& out) {
  out.set_dossier_code(dossier_code);
  out.set_unit_code(state.unit_code);
  out.set_procedure_code(state.procedure_code);
  out.set_channel(static_cast<v1::DossierChannel>(state.channel));
  out.set_service_level(static_cast<v1::ServiceLevel>(state.level));
  out.set_status(static_cast<v1::DossierStatus>(state.status));
  out.set_received_date(platform::FormatDate(state.received));
  if (state.due.has_value()) out.set_due_date(platform::FormatDate(*state.due));
  if (state.finished.has_value()) out.set_finished_date(platform::FormatDate(*state.finished));
  *out.mutable_event_time() = platform::ToTimestamp(absl::FromUnixMicros(state.event_micros));
  out.set_event_version(state.event_version);
}

void ToProto(const ImportRow& import, const std::string& source, v1::DossierImport& out) {
  out.set_import_id(import.import_id);
  out.set_source(source);
  out.set_next_sequence(import.next_sequence);
  out.set_accepted(import.accepted);
  out.set_unchanged(import.unchanged);
  out.set_superseded(import.superseded);
  out.set_refused(import.refused);
  out.set_resume_token(WriteResumeToken({import.import_id, import.next_sequence, import.chain}));
  *out.mutable_create_time() = platform::ToTimestamp(import.created_at);
  *out.mutable_update_time() = platform::ToTimestamp(import.updated_at);
  out.set_completed(import.completed);
}

void ToProto(const DossierRecord& record, const std::string& source, absl::CivilDay today,
             v1::Dossier& out) {
  out.set_name(platform::NameOf("dossiers", record.id));
  out.set_source(source);
  out.set_unit(platform::NameOf("units", record.present.state.unit_id));
  ToProto(record.dossier_code, record.present.state, *out.mutable_state());
  out.set_timeliness(static_cast<v1::Timeliness>(Classify(record.present.state, today)));
  for (const Flag flag : FlagList(record.flags)) {
    out.add_flags(static_cast<v1::DossierFlag>(flag));
  }
  *out.mutable_update_time() = platform::ToTimestamp(record.updated_at);
}

void ToProto(const Counts& counts, v1::TimelinessCounts& out) {
  out.set_received(counts.closed.received);
  out.set_early(counts.closed.early);
  out.set_on_time(counts.closed.on_time);
  out.set_late(counts.closed.late);
  out.set_unclassifiable(counts.closed.unclassifiable);
  out.set_excluded(counts.closed.excluded);
  out.set_running(counts.running);
  out.set_overdue(counts.overdue);
  out.set_suspended(counts.suspended);
  out.set_open_without_due_date(counts.open_without_due_date);
  out.set_full_service(counts.closed.full_service);
  out.set_partial_service(counts.closed.partial_service);
}

void ToProto(const std::map<Channel, Counts>& by_channel, v1::TimelinessSummary& out) {
  const Counts total = Total(by_channel);
  ToProto(total, *out.mutable_total());
  for (const auto& [channel, counts] : by_channel) {
    v1::ChannelCounts& added = *out.add_by_channel();
    added.set_channel(static_cast<v1::DossierChannel>(channel));
    ToProto(counts, *added.mutable_counts());
  }
  const Share ratio = RatioOf(total.closed);
  if (ratio.denominator == 0) return;
  const numbers::Rational exact = numbers::Ratio(ratio.numerator, ratio.denominator);
  out.set_on_time_ratio(std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator));
  out.set_on_time_percent(
      numbers::ToFixed(numbers::Round(exact * 100, numbers::RoundingMode::kHalfUp, 2), 2));
}

}  // namespace thidua::scoring::dossiers
