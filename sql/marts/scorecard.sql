-- Where only bounds are known, a colour is shown that holds whatever is true; where they allow two, none.
CREATE VIEW mart.scorecard WITH (security_invoker) AS
SELECT v.indicator, v.area_code, v.area_level, v.period, v.period_id, v.value, v.lower_bound, v.upper_bound, x.green, x.amber,
       CASE WHEN x.worst >= x.is_green THEN 'green'
            WHEN x.best < x.is_amber THEN 'red'
            WHEN x.worst >= x.is_amber AND x.best < x.is_green THEN 'amber'
            ELSE 'unsure' END AS state
FROM core.country c
CROSS JOIN LATERAL jsonb_each(coalesce(nullif(c.definition #> '{board,scorecard}', 'null'), '{}')) AS s (indicator, limits)
JOIN mart.indicator_value v ON v.indicator = s.indicator AND v.sex = '_T' AND v.age_group = '_T'
JOIN core.indicator i ON i.code = v.indicator
CROSS JOIN LATERAL (  -- of what should fall, everything with its sign turned
    SELECT (s.limits ->> 'green')::double precision AS green, (s.limits ->> 'amber')::double precision AS amber,
           d.sign * (s.limits ->> 'green')::double precision AS is_green,
           d.sign * (s.limits ->> 'amber')::double precision AS is_amber,
           d.sign * coalesce(v.value, CASE d.sign WHEN 1 THEN v.lower_bound ELSE v.upper_bound END) AS worst,
           d.sign * coalesce(v.value, CASE d.sign WHEN 1 THEN v.upper_bound ELSE v.lower_bound END) AS best
    FROM (SELECT CASE i.definition ->> 'direction' WHEN 'down' THEN -1 ELSE 1 END AS sign) AS d
) AS x;
