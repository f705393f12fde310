CREATE VIEW mart.scheme_return WITH (security_invoker) AS
SELECT area_code, area_level, scheme, period, sex, age_group, disability, beneficiaries, contributors, registered,
       new_enrolments, exits, amount_paid, applied, refused, waiting, paid_on_time, records_updated, unit, place,
       partial, receipt, row_number, known_from
FROM mart.scheme_return_history
WHERE known_to = 'infinity';
