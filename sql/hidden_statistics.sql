-- What the planner knows of a table's values it knows of every row, and EXPLAIN tells it to everybody: the estimate for
-- `beneficiaries > 100000` finds the nation's largest figure in a few questions. So columns that hold figures or words have
-- no statistics in tables with rows for some and not for others; keys and codes, by which plans are chosen, keep theirs.
-- Gives a statement for each of :tables, those with row-level security, whose columns still have any; partitions follow
-- their parent, later ones in core.open_period.
SELECT format('ALTER TABLE %s %s', a.attrelid::regclass,
              string_agg(format('ALTER %I SET STATISTICS 0', a.attname), ', '))
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid IN (SELECT name::regclass FROM unnest(CAST(:tables AS text[])) AS name)
  AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) <> 0
  AND (t.typcategory IN ('N', 'A') AND a.attname NOT LIKE '%\_id'
       OR t.typname IN ('jsonb', 'bytea')
       OR t.typname = 'text'
          AND a.attname NOT IN ('action', 'axis', 'category', 'channel', 'dataset', 'kind', 'mail', 'outcome', 'role',
                                'rule', 'severity', 'stage', 'state', 'via'))
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey))
GROUP BY a.attrelid;
