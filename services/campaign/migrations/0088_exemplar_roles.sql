-- Units introduce exemplars, the officers of home affairs have them published.
INSERT INTO access_role_permissions (role_id, permission) VALUES
  ('UNIT_OFFICER', 'campaign.exemplars.read'),
  ('UNIT_OFFICER', 'campaign.exemplars.write'),
  ('HOME_AFFAIRS_OFFICER', 'campaign.exemplars.read'),
  ('HOME_AFFAIRS_OFFICER', 'campaign.exemplars.publish'),
  ('LEADER', 'campaign.exemplars.read'),
  ('AUDITOR', 'campaign.exemplars.read');
