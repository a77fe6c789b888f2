-- A launch names the plan as other notices do: "Phát động phong trào thi đua: Kế hoạch phát động Phong trào thi đua …"
-- said it twice. No text of 0011 was ever sent, so it is closed on its first day as those of 0010 were.
UPDATE notice_templates SET valid_to = valid_from WHERE template_id = 'plan-launched-2';
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('plan-launched-3', 'PLAN_LAUNCHED', 3, '2015-01-03', NULL,
'Triển khai {plan_name}',
'Kính gửi: {unit_name},

Ngày {issue_date}, {issuer_name} đã ban hành {plan_name}. Đơn vị thuộc đối tượng tham gia phong trào.

Chủ đề: {theme}
Thời gian thi đua: {period}
Các mốc:
{milestones}

Đề nghị đơn vị quán triệt kế hoạch và tổ chức thực hiện.');
