-- Compilations, endorsements, comments, audit.
SELECT;
