-- Areas in the reader's scope, whatever figures of them are seen. Grain: area.
CREATE VIEW core.my_scope AS SELECT area_id, code, mine FROM core.scope();
