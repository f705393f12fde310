-- Whether all lists of a year, and all decisions on where their persons live, are of this month: its persons are the year's then,
-- by the same age, which is that reached within the year.
SELECT coalesce(bool_and(period_id = :month), true)
FROM (
    SELECT period_id FROM core.return
    WHERE period_id BETWEEN :first AND :last AND dataset = 'beneficiary_list' AND known_to = 'infinity'
    UNION ALL
    SELECT period_id FROM core.residence_decision WHERE period_id BETWEEN :first AND :last AND ended_at = 'infinity'
) AS listed;
