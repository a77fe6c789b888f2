-- At which level the procedure of a dossier is provided online: the national portal's codes 2, 3, 4; 0 when the source
-- does not say.
ALTER TABLE dossiers ADD COLUMN service_level TINYINT UNSIGNED NOT NULL DEFAULT 0 AFTER content_sha256,
  ADD CONSTRAINT dossiers_service_level CHECK (service_level IN (0, 2, 3, 4));
ALTER TABLE dossier_history ADD COLUMN service_level TINYINT UNSIGNED NOT NULL DEFAULT 0 AFTER content_sha256;
-- Of those received and not excluded, in the month of receipt: procedures provided wholly and partly online.
ALTER TABLE dossier_summary ADD COLUMN full_service BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN partial_service BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT dossier_summary_levels CHECK (full_service >= 0 AND partial_service >= 0);
