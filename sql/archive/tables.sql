-- Tables that an archive holds with their rows; each partition is read through its parent.
SELECT c.oid::regclass::text AS name
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
  AND c.relnamespace IN ('core'::regnamespace, 'ledger'::regnamespace)
  AND c.oid::regclass::text <> ALL (:passing)
ORDER BY name
