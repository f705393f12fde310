-- A period with its partitions, where it is not there yet.
SELECT core.open_period(:id, :key, CAST(:kind AS "char"), :starts_on, :ends_on);
