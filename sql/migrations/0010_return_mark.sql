-- What a return says, as one number: two returns with the same mark have the same lines. NULL for those from before.
ALTER TABLE core.return ADD COLUMN mark bigint;
