-- Nghị định 91/2017/NĐ-CP gave way to Nghị định 98/2023/NĐ-CP on 2024-01-01. Its first day in force is not recorded
-- here because no source at hand states it.
INSERT INTO award_templates (template_code, title, legal_basis, valid_from, valid_to) VALUES
  ('ND91-2017-MAU07', 'Mẫu số 07: Báo cáo thành tích', 'Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ',
   NULL, '2023-12-31');
