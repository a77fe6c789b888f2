-- Why a decision was issued although a quota of the plan is exceeded or cannot be counted.
ALTER TABLE decisions ADD COLUMN quota_override_reason TEXT NOT NULL DEFAULT '';
