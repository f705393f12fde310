-- Lists of persons that stand, each with the area for which it is a return of its scheme. Grain: return.
--
-- A list names areas below those that report the scheme, where it knows them; it is a part of the return of the reporting
-- area then, unless whoever filed it files for the whole of that area. Persons can be compared under one key only, so
-- lists under an older one are not among them.
CREATE VIEW core.standing_list WITH (security_invoker) AS
SELECT r.return_id, r.period_id, r.area_id, r.scheme_id, r.submission_id, key.area_id AS reporting_id,
       r.partial OR NOT coalesce(reporting.tree_left BETWEEN sender.tree_left AND sender.tree_right, true) AS partial
FROM core.return r
JOIN core.scheme s USING (scheme_id)
CROSS JOIN LATERAL (SELECT core.area_at(r.area_id, s.layer_id) AS area_id) AS key
JOIN core.area reporting ON reporting.area_id = key.area_id
JOIN ledger.submission u USING (submission_id)
LEFT JOIN core.area sender ON sender.area_id = u.from_area_id
WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity'
  AND (SELECT b.key_version FROM core.beneficiary_line b WHERE b.return_id = r.return_id LIMIT 1)
      = (SELECT max(k.version) FROM core.pseudonym_key k);
