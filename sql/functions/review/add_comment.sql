-- Adds a comment about a cell, or an answer to one. Returns the comment's number.
CREATE FUNCTION core.add_comment(
    of_period integer, of_dataset text, of_area integer, of_child integer, of_cell text, words text, name text,
    answering integer DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    actor record;
    answered core.comment;
    written integer;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF answering IS NOT NULL THEN
        SELECT * INTO answered FROM core.comment c WHERE c.comment_id = answering AND c.period_id = of_period
            AND c.dataset = of_dataset;
        IF NOT FOUND THEN
            PERFORM core.raise_refusal('no_comment');
        END IF;
        of_area := answered.area_id; of_child := answered.child_id; of_cell := answered.cell;
    END IF;
    IF NOT coalesce(core.may('draft', of_area) OR core.may('return', of_area)
                    OR answering IS NOT NULL AND (core.may('draft', of_child) OR core.may('submit', of_child)), false) THEN
        PERFORM core.raise_refusal('not_on_committee');
    END IF;
    IF NOT EXISTS (SELECT FROM core.area a WHERE a.area_id = of_child AND of_area IN (a.parent_id, a.area_id)) THEN
        PERFORM core.raise_refusal('not_a_child');
    END IF;
    IF coalesce(words, '') !~ '\S' THEN
        PERFORM core.raise_refusal('words_missing');
    END IF;
    INSERT INTO core.comment (period_id, dataset, area_id, child_id, cell, answers, person_id, written_by, text)
    VALUES (of_period, of_dataset, of_area, of_child, coalesce(of_cell, ''), answering, actor.person_id, actor.person,
            left(words, 2000))
    RETURNING comment_id INTO written;
    PERFORM core.log_review(of_period, of_dataset, ARRAY[of_child], 'commented', actor.person,
                      jsonb_build_object('comment', written));
    RETURN written;
END $$;
