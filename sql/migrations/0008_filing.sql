-- What each role files and whose, and submissions that are each one sender's own.
CREATE TABLE core.filing_right (
    role text NOT NULL,  -- empty: Sala itself, and everybody in a country without roles
    dataset text NOT NULL,
    about text CHECK (about IN ('scheme', 'administrator')),  -- what its returns belong to beside their area
    actions text[] NOT NULL,  -- one of which the session must hold
    own boolean NOT NULL,  -- returns of the own area
    below boolean NOT NULL,  -- of the areas below it
    administrators boolean NOT NULL,  -- flash reports of administrators, and returns that one of them filed
    PRIMARY KEY (role, dataset)
);

-- The same bytes from somebody else are a submission of their own.
ALTER TABLE ledger.submission
    ADD unbound boolean NOT NULL DEFAULT false,  -- sent by Sala itself, or in a country without roles
    ADD narrowed_to text[],  -- the actions that the token by which it was sent allowed; NULL: all of the role's
    DROP CONSTRAINT submission_sha256_key;
ALTER TABLE ledger.submission ALTER unbound DROP DEFAULT;
UPDATE ledger.submission
SET unbound = true
WHERE person_id IS NULL AND (via IN ('country', 'cli', 'inbox', 'sample') OR (SELECT open FROM core.country));
CREATE UNIQUE INDEX submission_of_sender ON ledger.submission (sha256, coalesce(person_id, 0), unbound);
CREATE INDEX submission_from_administrator ON ledger.submission (from_administrator) WHERE from_administrator IS NOT NULL;

UPDATE core.country SET digest = '';  -- so that the next start reads from the folder what its roles file
