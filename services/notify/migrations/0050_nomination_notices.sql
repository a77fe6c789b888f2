-- What follows an invitation: answers, dossiers rejected, nominations taken up again; and invitations for people.
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('individual-invited-1', 'INDIVIDUAL_INVITED', 1, '2015-01-01', NULL,
'Mời lập hồ sơ đề nghị khen thưởng cá nhân: {person_name}',
'Kính gửi: {unit_name},

{person_name} được chọn trong số các cá nhân do đơn vị giới thiệu theo {plan_name}. Mời đơn vị lập hồ sơ đề nghị khen thưởng.

Hình thức khen thưởng: {award_form}
Hồ sơ: {documents}
Nơi nhận hồ sơ: {coordinator_name}
Hạn nộp: {filing_deadline}'),
('invitation-answered-1', 'INVITATION_ANSWERED', 1, '2015-01-01', NULL,
'{answering_unit} trả lời lời mời lập hồ sơ khen thưởng: {answer}',
'Kính gửi: {unit_name},

Ngày {answer_date}, {answering_unit} đã trả lời lời mời lập hồ sơ đề nghị khen thưởng theo {plan_name}: {answer}.

Lý do: {reason}'),
('nomination-reopened-1', 'NOMINATION_REOPENED', 1, '2015-01-01', NULL,
'Mở lại đề nghị khen thưởng: {plan_title}',
'Kính gửi: {unit_name},

Ngày {reopen_date}, đề nghị khen thưởng của đơn vị ({award_form}) theo {plan_name} được mở lại.

Lý do: {reason}
{next_step}'),
('award-dossier-rejected-1', 'AWARD_DOSSIER_REJECTED', 1, '2015-01-01', NULL,
'Hồ sơ đề nghị khen thưởng không đủ điều kiện: {plan_title}',
'Kính gửi: {unit_name},

Hồ sơ đề nghị khen thưởng của đơn vị theo {plan_name} không đủ điều kiện, kết luận ngày {reject_date}.

Tiêu chuẩn không đạt:
{findings}

Lý do: {reason}');
