-- The code is the certificate's and not the person's: {of_person} follows it (" của …"; nothing for a unit's own). The
-- text before was never sent (see 0011).
UPDATE notice_templates SET valid_to = valid_from WHERE template_id = 'certificate-revoked-3';
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('certificate-revoked-4', 'CERTIFICATE_REVOKED', 4, '2015-01-04', NULL,
'Thu hồi {award_form} (mã {certificate_code}){of_person}',
'Kính gửi: {unit_name},

{award_form} (mã {certificate_code}){of_person} bị thu hồi từ ngày {revoke_date} theo Quyết định số {document_number} ngày {document_date}.

Lý do: {reason}');
