-- Areas whose provisional figures the reader sees. Grain: area.
CREATE VIEW core.my_areas AS SELECT area_id FROM core.areas_seen() AS area_id;
