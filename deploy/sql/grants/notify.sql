-- Written by tests/checks/grants.py --write: what the code of notify does with each table.
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts TO @user@;
GRANT SELECT, INSERT, UPDATE ON deadlines TO @user@;
GRANT SELECT, INSERT, UPDATE ON deliveries TO @user@;
GRANT SELECT, INSERT, UPDATE ON delivery_attempts TO @user@;
GRANT SELECT, INSERT, UPDATE ON inbox_items TO @user@;
GRANT SELECT, INSERT, UPDATE, DELETE ON launched_plans TO @user@;
GRANT SELECT, INSERT, DELETE ON meeting_people TO @user@;
GRANT SELECT, INSERT, UPDATE ON meeting_reminders TO @user@;
GRANT SELECT, INSERT, UPDATE ON meetings TO @user@;
GRANT SELECT, INSERT ON notice_people TO @user@;
GRANT SELECT ON notice_templates TO @user@;
GRANT SELECT, INSERT ON notices TO @user@;
GRANT SELECT, INSERT, UPDATE ON reminders TO @user@;
GRANT SELECT, INSERT, UPDATE ON round_explanations TO @user@;
GRANT SELECT, INSERT, UPDATE ON round_units TO @user@;
GRANT SELECT, INSERT, UPDATE ON row_locks TO @user@;
