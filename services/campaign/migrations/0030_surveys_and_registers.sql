-- Who publishes surveys and registers of figures, and who reads them.
INSERT INTO access_role_permissions (role_id, permission) VALUES
  ('HOME_AFFAIRS_OFFICER', 'scoring.registers.read'),
  ('HOME_AFFAIRS_OFFICER', 'scoring.registers.write'),
  ('HOME_AFFAIRS_OFFICER', 'scoring.surveys.read'),
  ('HOME_AFFAIRS_OFFICER', 'scoring.surveys.write'),
  ('APPRAISER', 'scoring.registers.read'),
  ('APPRAISER', 'scoring.surveys.read'),
  ('UNIT_OFFICER', 'scoring.registers.read'),
  ('UNIT_OFFICER', 'scoring.surveys.read'),
  ('LEADER', 'scoring.registers.read'),
  ('LEADER', 'scoring.surveys.read'),
  ('AUDITOR', 'scoring.registers.read'),
  ('AUDITOR', 'scoring.surveys.read');
