-- Persons of the lists that the reader sees, with a key of the reader's own in place of the pseudonym: the same for a person
-- in every list, and of no use to anybody else. Nobody but Sala reads the table itself.
-- Grain: return, row_number. Made for LATERAL with OFFSET 0: `return_id = …` then finds its lines by their index.
CREATE VIEW core.listed_person WITH (security_barrier) AS
SELECT b.return_id, b.row_number, encode(sha256((SELECT core.reader_key()) || b.person), 'hex') AS pseudonym,
       b.key_version, b.sex, b.birth_year, b.disability, b.amount_paid
FROM core.beneficiary_line b
WHERE (b.return_id IN (SELECT core.lists_seen())) IS TRUE;  -- a hashed look; as a join, or as an array, it is done once a return
