-- Corrected texts. No text of 0010 that is corrected here was ever sent, so each is closed on its first day and the
-- corrected one holds from the next: acts since 2015 are told in the corrected words.
UPDATE notice_templates SET valid_to = valid_from WHERE template_id IN
  ('plan-launched-1', 'nomination-invited-1', 'award-dossier-returned-1', 'decision-issued-1', 'certificate-revoked-1');
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('plan-launched-2', 'PLAN_LAUNCHED', 2, '2015-01-02', NULL,
'Phát động phong trào thi đua: {plan_title}',
'Kính gửi: {unit_name},

{issuer_name} đã ban hành Kế hoạch số {plan_number} ngày {issue_date}: {plan_title}. Đơn vị thuộc đối tượng tham gia phong trào.

Chủ đề: {theme}
Thời gian thi đua: {period}
Các mốc:
{milestones}

Đề nghị đơn vị quán triệt kế hoạch và tổ chức thực hiện.'),
('nomination-invited-2', 'NOMINATION_INVITED', 2, '2015-01-02', NULL,
'Mời lập hồ sơ đề nghị khen thưởng: {plan_title}',
'Kính gửi: {unit_name},

Căn cứ kết quả xếp loại đã công bố, đơn vị được chọn và mời lập hồ sơ đề nghị khen thưởng theo {plan_name}.

Hình thức khen thưởng: {award_form}
Hồ sơ: {documents}
Nơi nhận hồ sơ: {coordinator_name}
Hạn nộp: {filing_deadline}'),
('award-dossier-returned-2', 'AWARD_DOSSIER_RETURNED', 2, '2015-01-02', NULL,
'Trả lại hồ sơ đề nghị khen thưởng để hoàn thiện: {plan_title}',
'Kính gửi: {unit_name},

Hồ sơ đề nghị khen thưởng của đơn vị theo {plan_name} được trả lại ngày {return_date} để hoàn thiện.

Lý do: {reason}

Đề nghị đơn vị bổ sung và nộp lại hồ sơ.'),
('decision-issued-2', 'DECISION_ISSUED', 2, '2015-01-02', NULL,
'Quyết định khen thưởng số {decision_number}',
'Kính gửi: {unit_name},

{awarding_authority} đã ban hành Quyết định số {decision_number} ngày {issue_date} về khen thưởng theo {plan_name}. Đơn vị được tặng: {award_forms}.

Người ký: {signer_name}, {signer_position}
Tra cứu: {certificates}'),
('certificate-revoked-2', 'CERTIFICATE_REVOKED', 2, '2015-01-02', NULL,
'Thu hồi {award_form} mã {certificate_code}',
'Kính gửi: {unit_name},

{award_form} mã {certificate_code} của đơn vị bị thu hồi từ ngày {revoke_date} theo Quyết định số {document_number} ngày {document_date}.

Lý do: {reason}');
