-- What the application's login and personal logins may touch, and which rows. Run at every change, after the views.
--
-- Policies have one form: core.sees_all() in a sub-select, which is asked once a query, or else a look at my areas.
-- Partitions get no rights of their own: they are read through their parent, where the policy stands.

DO $$ BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO sala_app, sala_reader', current_database());
END $$;
GRANT USAGE ON SCHEMA ledger, core, mart TO sala_app, sala_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA mart TO sala_app, sala_reader;

-- Open to everybody: areas, words, calendar, population.
GRANT SELECT ON
    core.country, core.layer, core.area, core.age_group, core.scheme, core.scheme_cell, core.indicator,
    core.indicator_part, core.indicator_family, core.indicator_cell, core.calendar, core.period, core.role,
    core.population_line, core.denominator,
    core.my_scope, core.my_areas, core.my_schemes,
    core.my_endorsed, core.eligible, core.indicator_denominator
TO sala_app, sala_reader;

-- Figures: by area.
GRANT SELECT ON
    core.return, core.scheme_line, core.flash_line, core.flash_item, core.scheme_total, core.reporting, core.nonresponse_population,
    core.indicator_value, core.indicator_past, core.flash_compiled, core.review,
    ledger.submission, ledger.state_change, ledger.problem, ledger.rejected_row
TO sala_app, sala_reader;

REVOKE EXECUTE ON FUNCTION ledger.account, ledger.note_sign_in, ledger.change_password FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.account, ledger.note_sign_in, ledger.change_password TO sala_app;
GRANT SELECT (
    person_id, name, role, area_id, administrator, email, language, active, must_change, sessions, login, created_at
) ON ledger.person TO sala_app, sala_reader;

ALTER TABLE ledger.person ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.person;
CREATE POLICY reading ON ledger.person FOR SELECT USING (
    person_id = (SELECT core.current_person())
    OR (SELECT core.may('administer', (SELECT m.area_id FROM core.current_grants() m)))
       AND area_id IN (SELECT s.area_id FROM core.my_scope s)
);

-- Figures by area and period, provisional or endorsed.
ALTER TABLE core.indicator_value ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.indicator_value;
CREATE POLICY reading ON core.indicator_value FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas)
    OR (area_id, period_id) IN (SELECT area_id, period_id FROM core.my_endorsed)
);

ALTER TABLE core.indicator_past ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.indicator_past;
CREATE POLICY reading ON core.indicator_past FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);

ALTER TABLE core.flash_compiled ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.flash_compiled;
CREATE POLICY reading ON core.flash_compiled FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);

ALTER TABLE core.review ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.review;
CREATE POLICY reading ON core.review FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);

-- Figures by scheme as well: a scheme administrator sees those of its own schemes.
ALTER TABLE core.return ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.return;
CREATE POLICY reading ON core.return FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas)
       AND ((SELECT core.my_administrator()) IS NULL OR scheme_id IN (SELECT scheme_id FROM core.my_schemes))
);

ALTER TABLE core.scheme_total ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.scheme_total;
CREATE POLICY reading ON core.scheme_total FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas)
       AND ((SELECT core.my_administrator()) IS NULL OR scheme_id IN (SELECT scheme_id FROM core.my_schemes))
);

ALTER TABLE core.reporting ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.reporting;
CREATE POLICY reading ON core.reporting FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas)
       AND ((SELECT core.my_administrator()) IS NULL OR scheme_id IN (SELECT scheme_id FROM core.my_schemes))
);

ALTER TABLE core.nonresponse_population ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.nonresponse_population;
CREATE POLICY reading ON core.nonresponse_population FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas)
       AND ((SELECT core.my_administrator()) IS NULL OR scheme_id IN (SELECT scheme_id FROM core.my_schemes))
);

-- Lines: by their return.
ALTER TABLE core.scheme_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.scheme_line;
CREATE POLICY reading ON core.scheme_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = scheme_line.return_id)
);

ALTER TABLE core.flash_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.flash_line;
CREATE POLICY reading ON core.flash_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = flash_line.return_id)
);

ALTER TABLE core.flash_item ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.flash_item;
CREATE POLICY reading ON core.flash_item FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = flash_item.return_id)
);

-- The ledger: a file is seen by its sender, and by those in whose scope the sender's area lies.
ALTER TABLE ledger.submission ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.submission;
CREATE POLICY reading ON ledger.submission FOR SELECT USING (
    (SELECT core.sees_all())
    OR person_id = (SELECT core.current_person())
    OR from_area_id IN (SELECT area_id FROM core.my_areas)
       AND ((SELECT core.my_administrator()) IS NULL OR from_administrator = (SELECT core.my_administrator()))
);

ALTER TABLE ledger.state_change ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.state_change;
CREATE POLICY reading ON ledger.state_change FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = state_change.submission_id)
);

ALTER TABLE ledger.problem ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.problem;
CREATE POLICY reading ON ledger.problem FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = problem.submission_id)
);

ALTER TABLE ledger.rejected_row ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.rejected_row;
CREATE POLICY reading ON ledger.rejected_row FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = rejected_row.submission_id)
);
