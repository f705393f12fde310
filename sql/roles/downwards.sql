-- Notices, acknowledgements, reminders: who may read and write which rows.
GRANT SELECT ON
    core.notice, core.acknowledgement, core.allocation_acknowledgement, core.my_notice_areas, core.answering_layer,
    core.granted, core.today, core.duty_kind, core.to_report, core.due, core.duty
TO sala_app, sala_reader;
GRANT INSERT ON core.notice, core.acknowledgement, core.allocation_acknowledgement TO sala_app;
GRANT USAGE ON SEQUENCE core.notice_number TO sala_app;

-- What is addressed to an area is read by those in whose scope it lies, and by those who lie in it.
ALTER TABLE core.notice ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.notice;
CREATE POLICY reading ON core.notice FOR SELECT USING (
    (SELECT core.sees_all())
    OR everybody
    OR (SELECT core.sees('endorsed')) AND area_id IN (SELECT area_id FROM core.my_notice_areas)
);
DROP POLICY IF EXISTS publishing ON core.notice;
CREATE POLICY publishing ON core.notice FOR INSERT WITH CHECK (
    person_id IS NOT DISTINCT FROM (SELECT core.current_person())
    AND core.may('publish', publisher_id) AND core.may('publish', area_id) AND core.may_renew(number)
);

ALTER TABLE core.acknowledgement ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.acknowledgement;
CREATE POLICY reading ON core.acknowledgement FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_scope)
);
DROP POLICY IF EXISTS answering ON core.acknowledgement;
CREATE POLICY answering ON core.acknowledgement FOR INSERT WITH CHECK (
    person_id IS NOT DISTINCT FROM (SELECT core.current_person()) AND core.answers_for(area_id)
);

ALTER TABLE core.allocation_acknowledgement ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.allocation_acknowledgement;
CREATE POLICY reading ON core.allocation_acknowledgement FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);
DROP POLICY IF EXISTS answering ON core.allocation_acknowledgement;
CREATE POLICY answering ON core.allocation_acknowledgement FOR INSERT WITH CHECK (
    person_id IS NOT DISTINCT FROM (SELECT core.current_person()) AND core.answers_for(area_id)
);

-- A reminder is its receiver's alone; only Sala makes one.
GRANT SELECT, UPDATE (read_at) ON core.reminder TO sala_app;
GRANT SELECT ON core.reminder TO sala_reader;
ALTER TABLE core.reminder ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON core.reminder;
CREATE POLICY own ON core.reminder USING (person_id = (SELECT core.current_person())) WITH CHECK (person_id = (SELECT core.current_person()));
