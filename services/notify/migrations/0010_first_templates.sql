-- The first texts. A later text is a new row with its own dates; these rows are then given an end, never changed.
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('plan-launched-1', 'PLAN_LAUNCHED', 1, '2015-01-01', NULL,
'Phát động phong trào thi đua: {plan_title}',
'Kính gửi: {unit_name},

{issuer_name} đã ban hành Kế hoạch số {plan_number} ngày {issue_date}: {plan_title}. Đơn vị thuộc đối tượng tham gia phong trào.

Chủ đề: {theme}
Thời gian thi đua: từ {start_date} đến {end_date}
Các mốc:
{milestones}

Đề nghị đơn vị quán triệt kế hoạch và tổ chức thực hiện.'),
('nomination-invited-1', 'NOMINATION_INVITED', 1, '2015-01-01', NULL,
'Mời lập hồ sơ đề nghị khen thưởng: {plan_title}',
'Kính gửi: {unit_name},

Căn cứ kết quả xếp loại đã công bố, đơn vị được chọn và mời lập hồ sơ đề nghị khen thưởng trong phong trào “{plan_title}” (Kế hoạch số {plan_number}).

Hình thức khen thưởng: {award_form}
Hồ sơ: {documents}
Nơi nhận hồ sơ: {coordinator_name}
Hạn nộp: {filing_deadline}'),
('award-dossier-returned-1', 'AWARD_DOSSIER_RETURNED', 1, '2015-01-01', NULL,
'Trả lại hồ sơ đề nghị khen thưởng để hoàn thiện: {plan_title}',
'Kính gửi: {unit_name},

Hồ sơ đề nghị khen thưởng của đơn vị trong phong trào “{plan_title}” (Kế hoạch số {plan_number}) được trả lại ngày {return_date} để hoàn thiện.

Lý do: {reason}

Đề nghị đơn vị bổ sung và nộp lại hồ sơ.'),
('decision-issued-1', 'DECISION_ISSUED', 1, '2015-01-01', NULL,
'Quyết định khen thưởng số {decision_number}',
'Kính gửi: {unit_name},

{issuer_name} đã ban hành Quyết định số {decision_number} ngày {issue_date} về khen thưởng trong phong trào “{plan_title}”. Đơn vị được tặng: {award_forms}.

Người ký: {signer_name}, {signer_position}
Mã tra cứu giấy chứng nhận: {certificate_codes}'),
('certificate-revoked-1', 'CERTIFICATE_REVOKED', 1, '2015-01-01', NULL,
'Thu hồi giấy chứng nhận khen thưởng mã {certificate_code}',
'Kính gửi: {unit_name},

Giấy chứng nhận khen thưởng mã {certificate_code} của đơn vị bị thu hồi từ ngày {revoke_date}.

Lý do: {reason}'),
('ranking-published-1', 'RANKING_PUBLISHED', 1, '2015-01-01', NULL,
'Công bố xếp hạng cải cách hành chính năm {year}: đơn vị xếp thứ {rank}/{ranked_count}',
'Kính gửi: {unit_name},

Kết quả xếp hạng cải cách hành chính năm {year} được công bố ngày {publish_date}.

Thứ hạng: {rank}/{ranked_count} ({rank_change})
Xếp loại: {band}
Chỉ số: {index_percent}% ({points}/{max_points} điểm)'),
('reminder-opens-1', 'REMINDER_OPENS', 1, '2015-01-01', NULL,
'Còn {days} ngày đến: {deadline_title}',
'Kính gửi: {unit_name},

Còn {days} ngày nữa bắt đầu: {deadline_title}.
Từ ngày {start_date} đến hết ngày {due_date}.
Thời gian theo văn bản: {source_phrase}.'),
('reminder-due-1', 'REMINDER_DUE', 1, '2015-01-01', NULL,
'Còn {days} ngày là hết hạn: {deadline_title}',
'Kính gửi: {unit_name},

Còn {days} ngày là hết hạn: {deadline_title}.
Hạn cuối: hết ngày {due_date}.
Thời gian theo văn bản: {source_phrase}.'),
('reminder-today-1', 'REMINDER_TODAY', 1, '2015-01-01', NULL,
'Hôm nay là hạn cuối: {deadline_title}',
'Kính gửi: {unit_name},

Hôm nay, ngày {due_date}, là hạn cuối: {deadline_title}.
Thời gian theo văn bản: {source_phrase}.'),
('reminder-passed-1', 'REMINDER_PASSED', 1, '2015-01-01', NULL,
'Đã qua mốc: {deadline_title}',
'Kính gửi: {unit_name},

Mốc {deadline_title} đã kết thúc ngày {due_date}, cách đây {days} ngày.
Thời gian theo văn bản: {source_phrase}.

Hệ thống không ghi nhận việc đơn vị đã thực hiện hay chưa.'),
('reminder-overdue-1', 'REMINDER_OVERDUE', 1, '2015-01-01', NULL,
'Quá hạn {days} ngày: {deadline_title}',
'Kính gửi: {unit_name},

Đã quá hạn {days} ngày: {deadline_title}.
Hạn cuối là hết ngày {due_date}. Hệ thống chưa ghi nhận đơn vị đã thực hiện.
Thời gian theo văn bản: {source_phrase}.');
