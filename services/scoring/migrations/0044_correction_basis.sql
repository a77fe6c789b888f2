-- The document by which an earlier publication was corrected; '' and NULL when none was named.
ALTER TABLE publications
  ADD COLUMN correction_basis_number VARCHAR(100) NOT NULL DEFAULT '' AFTER correction_reason,
  ADD COLUMN correction_basis_date DATE NULL AFTER correction_basis_number,
  ADD COLUMN correction_basis_issuer VARCHAR(300) NOT NULL DEFAULT '' AFTER correction_basis_date,
  ADD COLUMN correction_basis_subject VARCHAR(1000) NOT NULL DEFAULT '' AFTER correction_basis_issuer;
