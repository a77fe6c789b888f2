-- How people call a block, within a sentence: "khối xã, thị trấn". Empty for sets older than this column.
ALTER TABLE criteria_sets ADD COLUMN block_title VARCHAR(200) NOT NULL DEFAULT '' AFTER block;
