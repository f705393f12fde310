CREATE VIEW core.my_schemes AS SELECT scheme_id FROM core.schemes_seen() AS scheme_id;
