-- Waits for the lock of a name and holds it until the transaction ends. A lock is a row of core.lock, which nobody but
-- Sala may touch; anybody with a login can take an advisory lock, and would stop whoever waits for the same.
CREATE FUNCTION core.take_lock(of_name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO core.lock (name) VALUES (of_name) ON CONFLICT DO NOTHING;
    PERFORM FROM core.lock l WHERE l.name = of_name FOR UPDATE;
END $$;
