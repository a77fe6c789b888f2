-- Who may give which award form: the kind of unit whose head gives it. A kind without a row on a day is one that no
-- source here speaks of; then the plan's own words stand.
CREATE TABLE award_authorities (
  unit_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  legal_basis VARCHAR(300) NOT NULL,
  PRIMARY KEY (unit_type, award_form, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO award_authorities (unit_type, award_form, valid_from, valid_to, legal_basis) VALUES
  ('PROVINCE', 'CO_THI_DUA', '2024-01-01', NULL, 'Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 80'),
  ('PROVINCE', 'BANG_KHEN', '2024-01-01', NULL, 'Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 80'),
  ('DEPARTMENT', 'GIAY_KHEN', '2024-01-01', NULL, 'Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 80'),
  ('DISTRICT', 'GIAY_KHEN', '2024-01-01', NULL, 'Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 80'),
  ('COMMUNE', 'GIAY_KHEN', '2025-07-01', NULL, 'Nghị định số 129/2025/NĐ-CP, Điều 59');
