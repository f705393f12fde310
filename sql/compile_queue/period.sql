-- Everything of a period has to be compiled again.
INSERT INTO core.compile_queue
SELECT p.period_id, lowest.layer_id, 0
FROM core.period p, (SELECT max(layer_id) AS layer_id FROM core.layer) AS lowest
WHERE p.key = :period;
