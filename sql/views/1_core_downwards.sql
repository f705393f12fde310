-- What goes down the chain: who is asked to answer, and who may write.

-- Areas whose notices are mine to read: in my scope, or above it.
CREATE OR REPLACE VIEW core.my_notice_areas AS
SELECT s.area_id FROM core.my_scope s
UNION
SELECT up.area_id
FROM core.current_grants() m
JOIN core.area own ON own.code = m.area_code
JOIN core.area up ON own.tree_left BETWEEN up.tree_left AND up.tree_right;

-- Layers where somebody can acknowledge: a role is held there that writes for its area.
CREATE OR REPLACE VIEW core.answering_layer AS
SELECT l.layer_id
FROM core.layer l
WHERE (SELECT c.open FROM core.country c)
   OR EXISTS (SELECT FROM core.role r WHERE l.code = ANY (r.layers) AND 'draft' = ANY (r.actions) AND NOT r.of_administrator);

-- An area acknowledges by its own people, and not by those above it.
CREATE OR REPLACE FUNCTION core.answers_for(of_area integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (
        SELECT FROM core.current_grants() m, core.my_scope s
        WHERE 'draft' = ANY (m.actions) AND m.administrator IS NULL AND s.area_id = of_area
          AND (s.mine OR m.role IS NULL))
$$;

-- A newer version comes from whoever may publish where the older one came from.
CREATE OR REPLACE FUNCTION core.may_renew(of_number integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT NOT EXISTS (
        SELECT FROM core.notice n WHERE n.number = of_number AND NOT core.may('publish', n.publisher_id))
$$;

-- Grants of money that stand, each at the area that got it.
CREATE OR REPLACE VIEW core.granted WITH (security_invoker) AS
SELECT r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left, sum(m.amount) AS amount
FROM core.return r
JOIN core.allocation_line m USING (return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'allocations' AND r.known_to = 'infinity'
GROUP BY r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left;
