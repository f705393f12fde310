-- Reminders of one person that an e-mail should tell, held until the transaction ends. What has come meanwhile needs none.
-- Of those that are due on a day the ones come first whose returns hold most of what the nation does not know (mart.doubt).
SELECT r.reminder_id, r.stage, r.dataset, s.names AS scheme, r.period, a.names AS area, a.code AS area_code, r.due_on,
       r.owing, r.attempts, p.email, p.language
FROM core.reminder r
JOIN ledger.person p USING (person_id)
JOIN core.area a ON a.area_id = r.area_id
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
LEFT JOIN LATERAL (
    SELECT core.total(n.persons) AS persons
    FROM core.period p
    JOIN core.nonresponse_population n USING (period_id)
    WHERE p.key = r.period AND n.area_id = r.area_id AND n.scheme_id = r.scheme_id
) AS doubt ON true
WHERE r.person_id = :person_id AND r.mail IN ('waiting', 'failed') AND r.attempts < :most AND p.active
ORDER BY r.due_on, doubt.persons DESC NULLS LAST, r.dataset, r.scheme_id, r.area_id
FOR UPDATE OF r;
