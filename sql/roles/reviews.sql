-- Reviews are read by those in whose scope the area lies, and written by the functions of views/1_core_reviews_acts.sql.
GRANT SELECT ON
    core.committee, core.compilation, core.endorsement, core.signature, core.comment, core.unsigned_child, core.signed,
    core.endorsed, core.compile_queue
TO sala_app, sala_reader;
REVOKE EXECUTE ON FUNCTION
    core.sign, core.send_back, core.remark, core.reopen, core.notice_moves, core.end_signatures, core.log_review
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.sign, core.send_back, core.remark TO sala_app;

-- States and signatures say nothing of figures that are not out.
ALTER TABLE core.compilation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.compilation;
CREATE POLICY reading ON core.compilation FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_scope)
);

-- An endorsement holds the totals: whoever sees endorsed figures only, sees it while it stands.
ALTER TABLE core.endorsement ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.endorsement;
CREATE POLICY reading ON core.endorsement FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas) AND (SELECT core.my_administrator()) IS NULL
);

ALTER TABLE core.signature ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.signature;
CREATE POLICY reading ON core.signature FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id IN (SELECT area_id FROM core.my_areas)
);

-- Words are read by both sides: the committee that reviews, and the area they are about.
ALTER TABLE core.comment ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.comment;
CREATE POLICY reading ON core.comment FOR SELECT USING (
    (SELECT core.sees_all())
    OR (area_id IN (SELECT area_id FROM core.my_areas) OR child_id IN (SELECT area_id FROM core.my_areas))
       AND (SELECT core.my_administrator()) IS NULL
);

-- What moved names every scheme.
DROP POLICY IF EXISTS reading ON core.review;
CREATE POLICY reading ON core.review FOR SELECT USING (
    (SELECT core.sees_all())
    OR area_id IN (SELECT area_id FROM core.my_areas) AND (SELECT core.my_administrator()) IS NULL
);

-- What is on the move tells who has just reported.
ALTER TABLE core.compile_queue ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.compile_queue;
CREATE POLICY reading ON core.compile_queue FOR SELECT USING (
    (SELECT core.sees_all()) OR area_id = 0 OR area_id IN (SELECT area_id FROM core.my_scope)
);
