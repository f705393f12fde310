-- Of each DAG, in Airflow's own database: how long ago a run last succeeded, and how long its last 20 took in the median,
-- from the moment when they could begin. Columns as in health.sql.
WITH done AS (
    SELECT dag_id, end_date, end_date - coalesce(queued_at, run_after, start_date) AS took,
           row_number() OVER (PARTITION BY dag_id ORDER BY end_date DESC) AS place
    FROM dag_run
    WHERE state = 'success'
)
SELECT 'since_success' AS name, dag_id AS of_what,
       extract(epoch FROM clock_timestamp() - max(end_date) FILTER (WHERE state = 'success'))::double precision AS figure,
       's' AS unit
FROM dag_run
GROUP BY dag_id
UNION ALL
SELECT 'run_took', dag_id, (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took)))::double precision, 's'
FROM done
WHERE place <= 20
GROUP BY dag_id
ORDER BY name, of_what
