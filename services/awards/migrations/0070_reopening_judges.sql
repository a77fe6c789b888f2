-- Who had rejected the dossier or passed the person over before it was reopened, as a token subject: does not file it
-- later (R-AWD-29). '' when the unit or the day had ended it, and for reopenings from before this column.
ALTER TABLE nomination_reopenings ADD COLUMN earlier_judge VARCHAR(128) NOT NULL DEFAULT '';
