CREATE VIEW mart.token WITH (security_invoker) AS
SELECT t.token_id AS token, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
FROM ledger.token t;
