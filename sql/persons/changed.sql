-- Whether other lists stand in the periods from :first to :last than the cube of :first was made of, or all of it is compiled
-- again.
WITH listed AS (
    SELECT return_id
    FROM core.return
    WHERE period_id BETWEEN :first AND :last AND dataset = 'beneficiary_list' AND known_to = 'infinity'
),
counted AS (
    SELECT return_id FROM core.counted_list WHERE period_id = :first
)
SELECT EXISTS (SELECT FROM listed FULL JOIN counted USING (return_id)
               WHERE listed.return_id IS NULL OR counted.return_id IS NULL)
    OR EXISTS (SELECT FROM counted)
       AND EXISTS (SELECT FROM core.compile_queue WHERE period_id = :first AND area_id = 0)
    -- a return that came meanwhile may say more than a list in part
    OR EXISTS (SELECT FROM core.listed_area WHERE period_id = :first AND partial);
