-- Areas and periods of which the reader sees endorsed figures only. Grain: area, period.
CREATE VIEW core.my_endorsed AS SELECT area_id, period_id FROM core.endorsed_in_scope();
