-- What makes each reader's own keys for persons; one row.
CREATE TABLE core.reader_secret (secret bytea NOT NULL CHECK (length(secret) = 32));
INSERT INTO core.reader_secret
SELECT sha256(convert_to(string_agg(gen_random_uuid()::text, ''), 'UTF8')) FROM generate_series(1, 3);
