-- Sessions of personal logins that must end, and why. Settings such as statement_timeout do not bind whoever can write SET,
-- so sessions are ended from outside (ledger.end_overdue_sessions). Grain: session.
--
-- A session of the second in which a password was changed may have been begun with the older one.
CREATE VIEW ledger.overdue_session AS
SELECT s.pid, p.login, why
FROM pg_stat_activity s
JOIN ledger.person p ON p.login = s.usename
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN NOT p.active THEN 'account closed'
        WHEN p.changed_at > p.created_at + interval '1 second'
             AND s.backend_start < p.changed_at + interval '1 second' THEN 'password changed'
        WHEN s.xact_start < clock_timestamp() - interval '5 minutes' THEN 'transaction of 5 minutes'
        WHEN s.state = 'idle' AND s.state_change < clock_timestamp() - interval '1 hour' THEN 'idle for an hour'
    END AS why
) AS judged
WHERE s.datname = current_database() AND s.backend_type = 'client backend' AND why IS NOT NULL;
