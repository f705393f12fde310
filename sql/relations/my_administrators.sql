-- Administrators whose flash reports the reader sees. Grain: administrator.
CREATE VIEW core.my_administrators AS SELECT administrator_id FROM core.administrators_seen() AS administrator_id;
