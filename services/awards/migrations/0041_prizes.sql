-- What the rules on prizes set, by day, with the document and where the figure was read. verified: it was read in the
-- law's own text or an excerpt of it; the others are used only with a person's reason (R-AWD-57).
CREATE TABLE base_salaries (
  valid_from DATE NOT NULL,
  vnd_per_month BIGINT UNSIGNED NOT NULL,
  legal_basis VARCHAR(300) NOT NULL,
  source VARCHAR(300) NOT NULL,
  verified BOOLEAN NOT NULL,
  PRIMARY KEY (valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO base_salaries (valid_from, vnd_per_month, legal_basis, source, verified) VALUES
  ('2019-07-01', 1490000, 'Nghị định số 38/2019/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('2023-07-01', 1800000, 'Nghị định số 24/2023/NĐ-CP', 'sonoivu.namdinh.gov.vn', TRUE),
  ('2024-07-01', 2340000, 'Nghị định số 73/2024/NĐ-CP, Điều 3 khoản 2', 'TNT 305, 28a584966bb6fbc9', TRUE),
  ('2026-07-01', 2530000, 'Nghị định số 161/2026/NĐ-CP, Điều 3 khoản 2', 'nguồn thứ cấp, chưa đọc vanban.chinhphu.vn', FALSE);
-- award_level: type of the unit that awards; "" for every level without a row of its own. PRIME_MINISTER, GOVERNMENT
-- and MILITARY_REGION are levels above and beside our units. A household's is 1.5 times an individual's.
CREATE TABLE prize_coefficients (
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  award_level VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  thousandths INT UNSIGNED NOT NULL,
  legal_basis VARCHAR(300) NOT NULL,
  source VARCHAR(300) NOT NULL,
  verified BOOLEAN NOT NULL,
  PRIMARY KEY (award_form, subject, award_level, valid_from),
  CONSTRAINT prize_coefficients_subject CHECK (subject IN ('COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO prize_coefficients (award_form, subject, award_level, valid_from, valid_to, thousandths, legal_basis, source, verified) VALUES
  ('BANG_KHEN', 'INDIVIDUAL', 'PRIME_MINISTER', '2025-07-01', NULL, 3500, 'Nghị định số 152/2025/NĐ-CP, Điều 54 khoản 1', 'giadinh.suckhoedoisong.vn, 11/8/2025', TRUE),
  ('BANG_KHEN', 'COLLECTIVE', 'PRIME_MINISTER', '2025-07-01', NULL, 7000, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3', TRUE),
  ('BANG_KHEN', 'HOUSEHOLD', 'PRIME_MINISTER', '2025-07-01', NULL, 5250, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3: 1,5 lần cá nhân', TRUE),
  ('BANG_KHEN', 'INDIVIDUAL', 'PROVINCE', '2025-07-01', NULL, 1500, 'Nghị định số 152/2025/NĐ-CP, Điều 54 khoản 1', 'giadinh.suckhoedoisong.vn, 11/8/2025', TRUE),
  ('BANG_KHEN', 'COLLECTIVE', 'PROVINCE', '2025-07-01', NULL, 3000, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3', TRUE),
  ('BANG_KHEN', 'HOUSEHOLD', 'PROVINCE', '2025-07-01', NULL, 2250, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3: 1,5 lần cá nhân', TRUE),
  ('BANG_KHEN', 'COLLECTIVE', 'MILITARY_REGION', '2025-07-01', NULL, 2000, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3', TRUE),
  ('GIAY_KHEN', 'COLLECTIVE', '', '2025-07-01', NULL, 600, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'TLNB 6609f77a53deded3', TRUE),
  ('GIAY_KHEN', 'INDIVIDUAL', '', '2025-07-01', NULL, 300, 'Nghị định số 152/2025/NĐ-CP, Điều 54', 'suy ra: tập thể bằng 2 lần cá nhân; chưa đọc dòng này của văn bản', FALSE),
  ('GIAY_KHEN', 'HOUSEHOLD', '', '2025-07-01', NULL, 450, 'Nghị định số 152/2025/NĐ-CP, Điều 54', '1,5 lần cá nhân, mà hệ số của cá nhân chưa đọc được', FALSE),
  ('CO_THI_DUA', 'COLLECTIVE', 'GOVERNMENT', '2025-07-01', NULL, 12000, 'Nghị định số 152/2025/NĐ-CP, Điều 50', 'TLNB 6609f77a53deded3', TRUE),
  ('CO_THI_DUA', 'COLLECTIVE', 'PROVINCE', '2025-07-01', NULL, 8000, 'Nghị định số 152/2025/NĐ-CP, Điều 50', 'TLNB 6609f77a53deded3', TRUE),
  ('CO_THI_DUA', 'COLLECTIVE', 'MILITARY_REGION', '2025-07-01', NULL, 6000, 'Nghị định số 152/2025/NĐ-CP, Điều 50', 'TLNB 6609f77a53deded3', TRUE),
  -- Before NĐ 152/2025 only what most decisions of ours need, and none of it was checked.
  ('GIAY_KHEN', 'COLLECTIVE', '', '2017-10-01', '2023-12-31', 600, 'Nghị định số 91/2017/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'INDIVIDUAL', '', '2017-10-01', '2023-12-31', 300, 'Nghị định số 91/2017/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'COLLECTIVE', 'COMMUNE', '2017-10-01', '2023-12-31', 300, 'Nghị định số 91/2017/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'INDIVIDUAL', 'COMMUNE', '2017-10-01', '2023-12-31', 150, 'Nghị định số 91/2017/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'COLLECTIVE', '', '2024-01-01', '2025-06-30', 600, 'Nghị định số 98/2023/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'INDIVIDUAL', '', '2024-01-01', '2025-06-30', 300, 'Nghị định số 98/2023/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'COLLECTIVE', 'COMMUNE', '2024-01-01', '2025-06-30', 300, 'Nghị định số 98/2023/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE),
  ('GIAY_KHEN', 'INDIVIDUAL', 'COMMUNE', '2024-01-01', '2025-06-30', 150, 'Nghị định số 98/2023/NĐ-CP', 'theo trí nhớ, chưa đối chiếu với văn bản', FALSE);
-- What a decision says about money, fixed at the issue. fund_source "" and prize_total_vnd NULL: nothing.
ALTER TABLE decisions
  ADD COLUMN fund_source VARCHAR(300) NOT NULL DEFAULT '',
  ADD COLUMN unverified_prizes_reason TEXT NOT NULL DEFAULT '',
  ADD COLUMN prize_total_vnd BIGINT UNSIGNED NULL;
ALTER TABLE decision_awards
  ADD COLUMN subject VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'COLLECTIVE',
  ADD COLUMN prize_vnd BIGINT UNSIGNED NULL,
  ADD COLUMN prize_thousandths INT UNSIGNED NULL,
  ADD COLUMN prize_basis VARCHAR(300) NULL,
  ADD COLUMN base_salary_vnd BIGINT UNSIGNED NULL,
  ADD COLUMN base_salary_basis VARCHAR(300) NULL,
  ADD COLUMN prize_verified BOOLEAN NULL,
  ADD COLUMN paid_with_nomination_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD CONSTRAINT decision_awards_subject CHECK (subject IN ('COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD')),
  ADD CONSTRAINT decision_awards_prize CHECK ((prize_vnd IS NULL) = (prize_thousandths IS NULL));
