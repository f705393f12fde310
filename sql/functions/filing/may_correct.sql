-- Whether the session may confirm, retry or withdraw a submission as a whole: it may file every return of it that
-- stands, nothing of it is another administrator's or a higher layer's, and it is its own or from an area for which the
-- session files the same dataset. Of a file that nobody has read yet the dataset may be any that its sender files (of one
-- that Sala itself sent, any that comes as a file).
CREATE FUNCTION core.may_correct(of_submission integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM ledger.submission s
        CROSS JOIN core.current_grants() m
        LEFT JOIN core.area sender ON sender.area_id = coalesce(s.from_area_id, (SELECT a.area_id FROM core.area a WHERE a.layer_id = 0 LIMIT 1))
        WHERE s.submission_id = of_submission
          AND s.submission_id NOT IN (SELECT core.submissions_of_others())
          AND (m.administrator IS NULL OR m.administrator = s.from_administrator)
          AND CASE
              WHEN s.person_id = m.person_id THEN core.files(s.dataset)
              ELSE sender.area_id IN (SELECT c.area_id FROM core.scope() c)
                   AND ARRAY(SELECT f.dataset FROM core.filing() f WHERE f.own = (sender.code = m.area_code))
                       @> CASE
                           WHEN s.dataset IS NOT NULL THEN ARRAY[s.dataset]
                           ELSE (SELECT array_agg(DISTINCT r.dataset)
                                 FROM core.filing_right r
                                 WHERE CASE
                                     WHEN s.unbound THEN r.dataset <> 'allocations'
                                     ELSE r.role = coalesce(
                                         (SELECT p.role FROM ledger.person p WHERE p.person_id = s.person_id),
                                         (SELECT v.code FROM core.role v WHERE v.visitors = 'sample')) END)
                       END
          END
    ) AND NOT EXISTS (
        SELECT
        FROM (
            SELECT r.dataset, array_agg(r.area_id) AS areas, array_agg(r.scheme_id) AS schemes, array_agg(r.administrator_id) AS administrators
            FROM core.return r
            WHERE r.submission_id = of_submission AND r.known_to = 'infinity'
            GROUP BY r.dataset
        ) AS its
        CROSS JOIN LATERAL core.refused(its.dataset, its.areas, its.schemes, its.administrators));
END $$;
