-- What every published object and column means. A column that means the same everywhere is said once.
CREATE OR REPLACE FUNCTION core.describe(relation text, meaning text, columns jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    everywhere constant jsonb := '{
        "area_code": "Code of the area in the national gazetteer; the nation has one too",
        "area_level": "Layer of the chain the area belongs to, as named in mart.layer",
        "period": "Reporting period: 2026, 2026-10 or 2026-W47",
        "week": "ISO week, 2026-W47",
        "scheme": "Code of the scheme, as in mart.scheme",
        "indicator": "Code of the indicator, as in mart.indicator",
        "dataset": "Dataset the return belongs to, such as scheme_returns",
        "sex": "F women, M men, X another gender, U not stated; _T all, those not stated included",
        "age_group": "Age group of the country; _T all ages, or age not stated",
        "disability": "Y with, N without, U not stated; _T where the return does not tell them apart",
        "names": "Name by language, as JSON",
        "receipt": "Receipt of the submission it came with, as in mart.submission",
        "row_number": "Row in the file as a spreadsheet shows it; the header is row 1",
        "known_from": "Since when this is known here (not the period it is about)",
        "beneficiaries": "Persons receiving the benefit at the end of the period (stock)",
        "contributors": "Persons actively contributing (stock); empty where not reported",
        "registered": "Persons registered (stock); empty where not reported",
        "new_enrolments": "Persons newly enrolled in the period (flow); empty where not reported",
        "exits": "Persons who left in the period (flow); empty where not reported",
        "amount_paid": "Paid in the period, in the national currency; empty where not reported",
        "status": "provisional: compiled; endorsed: signed by the area''s committee; released: approved by the board",
        "expected": "Returns that were due in the area and below it",
        "received": "Of the expected returns, those that stand, in full or in part",
        "valid_from": "First day the area exists",
        "valid_to": "First day it no longer exists; infinity while it does",
        "numerator": "Persons counted; empty where overlapping schemes leave only bounds, or nobody reported",
        "denominator": "Population concerned; empty where it is not known",
        "value": "numerator / denominator, a fraction never capped at 1; empty where only bounds are known or the denominator is missing",
        "lower_bound": "Lowest fraction possible: nobody in silent areas, everybody in the largest scheme",
        "upper_bound": "Highest fraction possible: everybody eligible in silent areas, nobody in two schemes, at most the population",
        "completeness": "received / expected returns of the schemes concerned, as a fraction"
    }';
    of_column record;
BEGIN
    EXECUTE format('COMMENT ON VIEW %s IS %L', relation, meaning);
    FOR of_column IN
        SELECT attname AS name, coalesce(columns ->> attname, everywhere ->> attname) AS meaning
        FROM pg_attribute WHERE attrelid = relation::regclass AND attnum > 0
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', relation, of_column.name, of_column.meaning);
    END LOOP;
END $$;

SELECT core.describe('mart.country', 'The country this warehouse is for. Grain: one row.', '{
    "country": "ISO code", "timezone": "Due days end at midnight there",
    "sample": "True where the figures are synthetic; every page then says so",
    "definition": "Languages, currency, root area, tile grid, locale, attribution, as in the country folder",
    "loaded_at": "When the country folder was last loaded"}');
SELECT core.describe('mart.layer', 'Layers of the chain of committees. Grain: layer.', '{
    "depth": "0 for the nation, growing downwards", "plurals": "Name in the plural by language, as JSON"}');
SELECT core.describe('mart.area', 'Areas of the gazetteer, those that have ceased to exist too. Grain: area and the days it was valid.', '{
    "depth": "0 for the nation, growing downwards", "name": "English name",
    "parent_code": "Code of the area it belongs to; empty for the nation",
    "tree_left": "Preorder number: an area lies within another where its tree_left is between the other''s tree_left and tree_right",
    "tree_right": "Highest preorder number among the area''s descendants"}');
SELECT core.describe('mart.period', 'Reporting periods for which something was reported. Grain: period.', '{
    "kind": "Y year, M month, W ISO week", "starts_on": "First day", "ends_on": "Last day",
    "published_at": "When its indicators were last brought up to date"}');
SELECT core.describe('mart.scheme', 'Social protection schemes of the country. Grain: scheme.', '{
    "administrator": "Body that runs it, by language, as JSON",
    "guarantee": "Guarantee of ILO Recommendation 202 paragraph 5: health, children, active_age or older",
    "function": "Branch of ILO Convention 102, or social_assistance", "kind": "Social insurance, universal, means-tested …",
    "area_level": "Layer whose areas report it", "frequency": "M monthly or Y yearly returns",
    "due_days": "Days after the end of the period until which a return is on time",
    "starts": "First day of the scheme", "ends": "Day it ended; infinity while it runs"}');
SELECT core.describe('mart.indicator', 'Indicators and their definitions. Grain: indicator.', '{
    "guarantee": "Guarantee of ILO Recommendation 202 it measures; empty for all together", "position": "Order on pages",
    "together": "disjoint: its schemes add up; overlapping: only bounds are known",
    "titles": "Title by language, as JSON", "why": "Why it matters, by language, as JSON",
    "caveats": "What to keep in mind, by language, as JSON", "series": "SDMX series or national code",
    "source": "Where the definition comes from", "unit": "What is counted: person, child or household",
    "version": "Version of the definition", "definition": "The whole definition, as JSON"}');
SELECT core.describe('mart.indicator_history', 'Every figure that was ever published, with the time during which it stood. Grain: indicator, area, period, sex, age group, known_from.', '{
    "known_to": "When another figure took its place; infinity for the present one",
    "lower_count": "Persons behind lower_bound", "upper_count": "Persons behind upper_bound"}');
SELECT core.describe('mart.indicator_value', 'Present figures of every indicator. Grain: indicator, area, period, sex, age group. Earlier figures: mart.as_known_at(t).', '{}');
SELECT core.describe('mart.scheme_total', 'What was compiled for every area: its own returns and those below it. Grain: area, scheme, period, sex, age group, disability.', '{}');
SELECT core.describe('mart.scheme_return', 'Lines of scheme returns as they were reported and now stand. Grain: line.', '{
    "partial": "True where other lines of the same return were rejected"}');
SELECT core.describe('mart.reporting_rate', 'Who reported and when, in each area and below it. Grain: area, period, dataset, scheme; scheme _T is all schemes, or a dataset without schemes.', '{
    "scheme": "Code of the scheme; _T for all together", "on_time": "Received by the due day",
    "late": "Received after the due day", "partial": "Received, but some lines were rejected",
    "zero": "Received, and count nobody: not the same as missing", "missing": "Expected and not received",
    "rate": "received / expected, as a fraction", "on_time_rate": "on_time / expected, as a fraction"}');
SELECT core.describe('mart.population', 'Denominators at every area: its own figures, or the sum of its children. Grain: area, year, sex, age group.', '{
    "year": "Calendar year", "population": "Persons", "status": "A counted, E estimated"}');
COMMENT ON FUNCTION mart.as_known_at IS
    'The rows of mart.indicator_value as they stood at a moment: SELECT * FROM mart.as_known_at(''2026-11-01'')';
