CREATE VIEW mart.indicator WITH (security_invoker) AS
SELECT code AS indicator, guarantee, position, definition #>> '{numerator,together}' AS together,
       definition -> 'title' AS titles, definition -> 'why' AS why, definition -> 'caveats' AS caveats,
       definition ->> 'series' AS series, definition ->> 'source' AS source, definition ->> 'unit' AS unit,
       definition ->> 'version' AS version, definition, nature, definition ->> 'shown_in' AS shown_in,
       definition ->> 'direction' AS direction, over_time, definition ->> 'each' AS each
FROM core.indicator;
