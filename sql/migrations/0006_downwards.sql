-- Notices, allocations, reminders, service levels.
SELECT;
