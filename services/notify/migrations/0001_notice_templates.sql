-- Texts of notices, chosen by the date of the act that a notice tells of. Placeholders stand in braces; which
-- ones a kind knows is in templates/rules.cc, and the service does not start with a text that breaks them.
CREATE TABLE notice_templates (
  template_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  subject VARCHAR(500) NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (template_id),
  UNIQUE KEY notice_templates_version (kind, version),
  KEY notice_templates_date (kind, valid_from),
  CONSTRAINT notice_templates_dates CHECK (valid_to IS NULL OR valid_to >= valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
