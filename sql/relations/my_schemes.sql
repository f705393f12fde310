-- Schemes whose figures the reader sees, and 0, what is about no scheme. Grain: scheme.
CREATE VIEW core.my_schemes AS SELECT scheme_id FROM core.schemes_seen() AS scheme_id;
