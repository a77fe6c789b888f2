-- Written by tests/checks/grants.py --write: what the code of campaign does with each table.
GRANT SELECT, UPDATE ON business_time TO @user@;
GRANT SELECT ON unit_codes TO @user@;
GRANT SELECT ON units TO @user@;
