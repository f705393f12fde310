-- Lines of the newer datasets, by their return; what was said to a file, by the file.
GRANT SELECT ON
    core.beneficiary_line, core.target_line, core.allocation_line,
    ledger.verdict, ledger.confirmation, ledger.withdrawal
TO sala_app, sala_reader;

ALTER TABLE core.beneficiary_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.beneficiary_line;
CREATE POLICY reading ON core.beneficiary_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = beneficiary_line.return_id)
);

ALTER TABLE core.target_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.target_line;
CREATE POLICY reading ON core.target_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = target_line.return_id)
);

ALTER TABLE core.allocation_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON core.allocation_line;
CREATE POLICY reading ON core.allocation_line FOR SELECT USING (
    (SELECT core.sees_all()) OR EXISTS (SELECT FROM core.return r WHERE r.return_id = allocation_line.return_id)
);

ALTER TABLE ledger.verdict ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.verdict;
CREATE POLICY reading ON ledger.verdict FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = verdict.submission_id)
);

ALTER TABLE ledger.confirmation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.confirmation;
CREATE POLICY reading ON ledger.confirmation FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = confirmation.submission_id)
);

ALTER TABLE ledger.withdrawal ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading ON ledger.withdrawal;
CREATE POLICY reading ON ledger.withdrawal FOR SELECT USING (
    (SELECT core.sees_all())
    OR EXISTS (SELECT FROM ledger.submission s WHERE s.submission_id = withdrawal.submission_id)
);
