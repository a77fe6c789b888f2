-- Texts about meetings. An SMS begins with what matters most, because the gateway's part ends after 160 characters.
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body, sms) VALUES
('meeting-invited-1', 'MEETING_INVITED', 1, '2015-01-01', NULL,
'Giấy mời họp {council_name}: {meeting_time} ngày {meeting_date}',
'Kính gửi: Thành viên {council_name},

{unit_name} trân trọng kính mời Ông/Bà dự cuộc họp của {council_name}.

Thời gian: {meeting_time}, {weekday}, ngày {meeting_date}
Địa điểm: {place}
Nội dung: {agenda}

Đề nghị Ông/Bà sắp xếp thời gian dự họp đầy đủ, đúng giờ.',
'Mời họp {meeting_time} {weekday} {meeting_date} tại {place}: {council_name}'),
('meeting-changed-1', 'MEETING_CHANGED', 1, '2015-01-01', NULL,
'Thay đổi lịch họp {council_name}: {meeting_time} ngày {meeting_date}',
'Kính gửi: Thành viên {council_name},

Cuộc họp của {council_name} dự kiến lúc {former_time} ngày {former_date} tại {former_place} có thay đổi. Lịch họp mới:

Thời gian: {meeting_time}, {weekday}, ngày {meeting_date}
Địa điểm: {place}
Nội dung: {agenda}

Thông báo này thay cho giấy mời trước.',
'Đổi lịch họp: {meeting_time} {weekday} {meeting_date} tại {place} (lịch cũ {former_time} {former_date}): {council_name}'),
('meeting-cancelled-1', 'MEETING_CANCELLED', 1, '2015-01-01', NULL,
'Hủy cuộc họp {council_name} ngày {meeting_date}',
'Kính gửi: Thành viên {council_name},

Cuộc họp của {council_name} lúc {meeting_time}, {weekday}, ngày {meeting_date} tại {place} bị hủy.

Lý do: {reason}',
'Hủy cuộc họp {meeting_time} {weekday} {meeting_date} tại {place}: {council_name}'),
('meeting-uninvited-1', 'MEETING_UNINVITED', 1, '2015-01-01', NULL,
'Thay đổi thành phần họp {council_name} ngày {meeting_date}',
'Kính gửi: Thành viên {council_name},

Thành phần cuộc họp của {council_name} lúc {meeting_time}, {weekday}, ngày {meeting_date} đã thay đổi; Ông/Bà không phải dự cuộc họp này.',
'Đổi thành phần họp: Ông/Bà không phải dự cuộc họp {meeting_time} {weekday} {meeting_date} của {council_name}'),
('meeting-reminder-1', 'MEETING_REMINDER', 1, '2015-01-01', NULL,
'Nhắc họp {council_name}: {meeting_time} ngày {meeting_date}',
'Kính gửi: Thành viên {council_name},

Cuộc họp của {council_name} bắt đầu lúc {meeting_time}, {weekday}, ngày {meeting_date}.
Địa điểm: {place}
Nội dung: {agenda}',
'Nhắc họp {meeting_time} {weekday} {meeting_date} tại {place}: {council_name}');
