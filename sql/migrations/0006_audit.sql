-- Entries are small, whoever writes them; what is written seldom (ledger.log_action) is found by what was written last.
ALTER TABLE ledger.audit ADD CONSTRAINT bounded CHECK (
    octet_length(action) <= 100 AND octet_length(subject) <= 1000 AND octet_length(area_code) <= 1000
    AND octet_length(detail::text) <= 8192
) NOT VALID;
CREATE INDEX audit_subject ON ledger.audit (action, subject, at);
