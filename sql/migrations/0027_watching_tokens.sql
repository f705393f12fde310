-- A token can be made for a monitor, which reads how the work stands and nothing else.
ALTER TABLE ledger.token DROP CONSTRAINT token_scopes_check;
ALTER TABLE ledger.token ADD CONSTRAINT token_scopes_check CHECK (scopes <@ ARRAY['read', 'submit', 'review', 'watch']);
