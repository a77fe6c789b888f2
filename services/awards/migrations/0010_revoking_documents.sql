-- A decision is annulled by a decision: its number and date. Empty and unknown for what was revoked before they were
-- asked for; revoke_document keeps other words about it.
ALTER TABLE certificates
  ADD COLUMN revoke_document_number VARCHAR(100) NOT NULL DEFAULT '' AFTER revoke_document,
  ADD COLUMN revoke_document_date DATE NULL AFTER revoke_document_number;
