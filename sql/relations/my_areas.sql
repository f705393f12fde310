CREATE VIEW core.my_areas AS SELECT area_id FROM core.areas_seen() AS area_id;
