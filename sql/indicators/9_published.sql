-- From now on the period's figures are those of what was compiled.
UPDATE core.period SET published_at = :now WHERE period_id = :period_id;
