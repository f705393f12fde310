-- The returns that are withdrawn stand no more: of them those that whoever withdraws may file. Gives the period of each.
UPDATE core.return r
SET known_to = :withdrawn_at, withdrawal_id = :withdrawal_id
FROM withdrawn w
WHERE r.return_id = w.return_id
RETURNING w.key;
