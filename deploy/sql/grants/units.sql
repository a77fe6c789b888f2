-- Written by tests/checks/grants.py --write: what the code of units does with each table.
GRANT SELECT, UPDATE ON business_time TO @user@;
GRANT SELECT, INSERT, DELETE ON unit_codes TO @user@;
GRANT SELECT, INSERT, DELETE ON unit_names TO @user@;
GRANT SELECT, INSERT, DELETE ON unit_parents TO @user@;
GRANT SELECT, INSERT, DELETE ON unit_successors TO @user@;
GRANT SELECT, INSERT, UPDATE, DELETE ON units TO @user@;
GRANT SELECT, UPDATE ON units_version TO @user@;
