CREATE VIEW core.my_endorsed AS SELECT area_id, period_id FROM core.endorsed_in_scope();
