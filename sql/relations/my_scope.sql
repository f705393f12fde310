CREATE VIEW core.my_scope AS SELECT area_id, code, mine FROM core.scope();
