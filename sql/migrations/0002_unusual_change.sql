-- Figures far from what the area usually reports, found when its layer was compiled, by the limits of the country.
CREATE TABLE core.unusual_change (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,  -- 0: of a flash report
    axis text NOT NULL,  -- empty: of a scheme
    value numeric NOT NULL,  -- persons, or percent advanced
    usual numeric NOT NULL,  -- the median of the earlier ones
    PRIMARY KEY (period_id, area_id, scheme_id, axis)
);
