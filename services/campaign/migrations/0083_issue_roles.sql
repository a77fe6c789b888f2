-- Units raise, the officers of home affairs pass on, leaders decide.
INSERT INTO access_role_permissions (role_id, permission) VALUES
  ('UNIT_OFFICER', 'campaign.issues.read'),
  ('UNIT_OFFICER', 'campaign.issues.write'),
  ('HOME_AFFAIRS_OFFICER', 'campaign.issues.read'),
  ('HOME_AFFAIRS_OFFICER', 'campaign.issues.forward'),
  ('LEADER', 'campaign.issues.read'),
  ('LEADER', 'campaign.issues.decide'),
  ('AUDITOR', 'campaign.issues.read');
