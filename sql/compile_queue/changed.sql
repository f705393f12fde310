-- Returns of these periods have changed: their chains have to be started.
UPDATE core.period SET moved_at = clock_timestamp() WHERE key = ANY (:periods);
