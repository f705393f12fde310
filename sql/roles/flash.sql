-- Flash sheets, items, grievances: who may read and write which rows.
GRANT SELECT ON core.administrator TO sala_app, sala_reader;

-- A draft belongs to the person who writes it.
GRANT SELECT, INSERT, UPDATE, DELETE ON core.flash_draft TO sala_app;
ALTER TABLE core.flash_draft ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON core.flash_draft;
CREATE POLICY own ON core.flash_draft
    USING (person_id = (SELECT coalesce(core.current_person(), 0)))
    WITH CHECK (
        person_id = (SELECT coalesce(core.current_person(), 0))
        AND (core.may('draft', area_id) OR core.may('submit', area_id))
    );

-- Whoever sees the area that raised an item sees its way: those areas are its origin and all above it.
GRANT SELECT ON core.item, core.item_step, core.item_mention TO sala_app, sala_reader;
GRANT INSERT, UPDATE ON core.item TO sala_app;
GRANT INSERT ON core.item_step TO sala_app;
ALTER TABLE core.item ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.item;
CREATE POLICY reading ON core.item FOR SELECT USING (
    (SELECT core.sees_all())
    OR origin_id IN (SELECT area_id FROM core.my_areas)
       AND (administrator_id = 0 OR administrator_id IN (SELECT scheme_id FROM core.my_schemes))
);
DROP POLICY IF EXISTS asking ON core.item;
CREATE POLICY asking ON core.item FOR INSERT WITH CHECK (
    kind = 'question' AND state = 'open' AND core.may('draft', origin_id)
);
DROP POLICY IF EXISTS holding ON core.item;
CREATE POLICY holding ON core.item FOR UPDATE USING (core.may('settle', holder_id)) WITH CHECK (true);

ALTER TABLE core.item_step ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.item_step;
CREATE POLICY reading ON core.item_step FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.item i WHERE i.item_id = item_step.item_id)
);
DROP POLICY IF EXISTS acting ON core.item_step;
CREATE POLICY acting ON core.item_step FOR INSERT WITH CHECK (
    person_id IS NOT DISTINCT FROM (SELECT core.current_person())
    AND (action = 'raised' AND core.may('draft', from_id)
         OR action <> 'raised' AND core.may('settle', from_id))
);

ALTER TABLE core.item_mention ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.item_mention;
CREATE POLICY reading ON core.item_mention FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);

GRANT SELECT ON core.grievance_compiled, core.grievance_line TO sala_app, sala_reader;
ALTER TABLE core.grievance_compiled ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.grievance_compiled;
CREATE POLICY reading ON core.grievance_compiled FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);
ALTER TABLE core.grievance_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.grievance_line;
CREATE POLICY reading ON core.grievance_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = grievance_line.return_id)
);
