-- Two releases of one period beside each other, figure by figure: what the later one restates.
CREATE VIEW mart.restatement WITH (security_invoker) AS
SELECT r.code AS release, before.code AS restates, p.key AS period, c.public_table, c.key, c.area_code,
       c.count_before, c.count, c.count - c.count_before AS difference,
       c.lower_before, c.lower_bound, c.upper_before, c.upper_bound, c.status_before, c.status
FROM core.release r
JOIN core.release before ON before.release_id = r.restates_id
JOIN core.period p ON p.period_id = r.period_id
CROSS JOIN LATERAL (
    SELECT public_table, key, coalesce(n.area_code, o.area_code) AS area_code,
           o.count AS count_before, n.count, o.lower_bound AS lower_before, n.lower_bound,
           o.upper_bound AS upper_before, n.upper_bound, o.status::text AS status_before, n.status::text AS status
    FROM (SELECT * FROM core.released_cell WHERE release_id = r.release_id) AS n
    FULL JOIN (SELECT * FROM core.released_cell WHERE release_id = before.release_id) AS o USING (public_table, key)
    WHERE (n.count, n.denominator, n.lower_bound, n.upper_bound, n.status)
          IS DISTINCT FROM (o.count, o.denominator, o.lower_bound, o.upper_bound, o.status)
) AS c;
