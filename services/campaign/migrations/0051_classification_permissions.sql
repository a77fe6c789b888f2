-- The register of yearly classifications of people in awards.
INSERT INTO access_role_permissions (role_id, permission) VALUES
  ('HOME_AFFAIRS_OFFICER', 'awards.classifications.read'),
  ('HOME_AFFAIRS_OFFICER', 'awards.classifications.write'),
  ('UNIT_OFFICER', 'awards.classifications.read'),
  ('COUNCIL_MEMBER', 'awards.classifications.read'),
  ('LEADER', 'awards.classifications.read'),
  ('AUDITOR', 'awards.classifications.read');
