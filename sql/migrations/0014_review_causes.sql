-- What moved the figures of a compilation that was reopened or corrected.
ALTER TABLE core.review ADD COLUMN causes text[] NOT NULL DEFAULT '{}'
    CHECK (causes <@ ARRAY['file', 'withdrawal', 'population', 'definition']);
