-- Schemes and administrators whose figures the reader sees, by number. Grain: scheme or administrator.
CREATE VIEW core.my_schemes AS SELECT scheme_id FROM core.schemes_seen() AS scheme_id;
