-- How areas are spelled, folded: by this their search finds them (country/spellings.sql).
CREATE TABLE core.area_spelling (
    area_id integer NOT NULL REFERENCES core.area ON DELETE CASCADE,
    spelling text NOT NULL,
    PRIMARY KEY (area_id, spelling)
);
CREATE INDEX area_spelling_spelling ON core.area_spelling (spelling text_pattern_ops);

UPDATE core.country SET digest = '';  -- so that the next start fills it
