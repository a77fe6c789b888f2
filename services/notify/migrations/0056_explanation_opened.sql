-- A unit that was appraised is told at once that it may explain, and until when; the reminders come later or, where the
-- window is short, not at all.
INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, body) VALUES
('explanation-opened-1', 'EXPLANATION_OPENED', 1, '2015-01-01', NULL,
'Đơn vị có thể giải trình kết quả thẩm định: {round_title}',
'Kính gửi: {unit_name},

Ngày {appraisal_date}, điểm tự chấm của đơn vị đã được thẩm định ({round_title}).

Nếu không nhất trí với kết quả thẩm định, đơn vị gửi giải trình và tài liệu kiểm chứng từ ngày {start_date} đến hết ngày {due_date}. Đơn vị không bắt buộc phải giải trình.');
