-- Persons of whom lists say different things, by where they live.
DELETE FROM core.person_conflict WHERE period_id = :first;

INSERT INTO core.person_conflict
SELECT :first, w.above_id, about, core.total(differ)
FROM home
CROSS JOIN LATERAL (VALUES ('sex', sexes_differ), ('birth_year', birth_years_differ)) AS conflict (about, differ)
JOIN wider w USING (area_id)
WHERE differ > 0
GROUP BY w.above_id, about;
