-- A certificate may be a person's: {award_form} names who holds it. The text before was never sent (see 0011).
UPDATE notice_templates SET valid_to = valid_from WHERE template_id = 'certificate-revoked-2';
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('certificate-revoked-3', 'CERTIFICATE_REVOKED', 3, '2015-01-03', NULL,
'Thu hồi {award_form} mã {certificate_code}',
'Kính gửi: {unit_name},

{award_form} (mã {certificate_code}) bị thu hồi từ ngày {revoke_date} theo Quyết định số {document_number} ngày {document_date}.

Lý do: {reason}');
