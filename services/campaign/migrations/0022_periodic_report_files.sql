-- Files of the last filing of a report, in their order.
CREATE TABLE periodic_report_files (
  report_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place SMALLINT UNSIGNED NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (report_id, place),
  CONSTRAINT periodic_report_files_report FOREIGN KEY (report_id) REFERENCES periodic_reports (report_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
