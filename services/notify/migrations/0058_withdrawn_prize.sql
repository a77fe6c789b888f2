-- Whose certificate is revoked gives its prize back: {withdrawn_prize} says so after the sentence on the revocation, and
-- nothing where none was paid. The text before was never sent (see 0011).
UPDATE notice_templates SET valid_to = valid_from WHERE template_id = 'certificate-revoked-4';
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('certificate-revoked-5', 'CERTIFICATE_REVOKED', 5, '2015-01-05', NULL,
'Thu hồi {award_form} (mã {certificate_code}){of_person}',
'Kính gửi: {unit_name},

{award_form} (mã {certificate_code}){of_person} bị thu hồi từ ngày {revoke_date} theo Quyết định số {document_number} ngày {document_date}.{withdrawn_prize}

Lý do: {reason}');
