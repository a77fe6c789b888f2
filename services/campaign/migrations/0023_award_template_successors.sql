-- What took the place of a template, and what is not verified about it.
ALTER TABLE award_templates
  ADD COLUMN replaces VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN source_note VARCHAR(500) NOT NULL DEFAULT '';
-- The decrees' days are verified; the numbers of their forms for this report are not, so they are not given.
INSERT INTO award_templates (template_code, title, legal_basis, valid_from, valid_to, replaces, source_note) VALUES
  ('ND98-2023-BCTT', 'Mẫu Báo cáo thành tích', 'Nghị định số 98/2023/NĐ-CP của Chính phủ',
   '2024-01-01', '2025-06-30', 'ND91-2017-MAU07', 'Số của mẫu chưa được kiểm chứng'),
  ('ND152-2025-BCTT', 'Mẫu Báo cáo thành tích', 'Nghị định số 152/2025/NĐ-CP của Chính phủ',
   '2025-07-01', NULL, 'ND98-2023-BCTT', 'Số của mẫu chưa được kiểm chứng');
