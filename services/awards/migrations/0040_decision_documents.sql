-- The document of a decision: words beside its list (lists one a line; empty while nobody gave them and the decision is
-- a draft) and the PDF that was kept at the issue. pdf_file_id is empty for drafts and for what was issued before
-- documents were kept.
ALTER TABLE decisions
  ADD COLUMN parent_body VARCHAR(320) NOT NULL DEFAULT '',
  ADD COLUMN issuing_body VARCHAR(320) NOT NULL DEFAULT '',
  ADD COLUMN document_subject VARCHAR(700) NOT NULL DEFAULT '',
  ADD COLUMN legal_bases MEDIUMTEXT NOT NULL DEFAULT '',
  ADD COLUMN articles MEDIUMTEXT NOT NULL DEFAULT '',
  ADD COLUMN recipients MEDIUMTEXT NOT NULL DEFAULT '',
  ADD COLUMN pdf_file_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN pdf_size_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN pdf_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
-- The law on emulation and commendation by the day of the decision, as decisions cite it ("Căn cứ …").
CREATE TABLE emulation_laws (
  law_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  citation VARCHAR(600) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (law_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO emulation_laws (law_id, ordinal, citation, valid_from, valid_to) VALUES
  ('LAW-2003', 1, 'Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng ngày 14 tháng 6 năm 2005 và Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng ngày 16 tháng 11 năm 2013', '2014-06-01', '2023-12-31'),
  ('LAW-06-2022', 1, 'Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022', '2024-01-01', NULL),
  ('ND-91-2017', 2, 'Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng', '2017-10-01', '2023-12-31'),
  ('ND-98-2023', 2, 'Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng', '2024-01-01', '2025-06-30'),
  ('ND-152-2025', 2, 'Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng', '2025-07-01', NULL);
