-- Flash sheets, items that travel, grievances.
SELECT;
