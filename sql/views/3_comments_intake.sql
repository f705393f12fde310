SELECT core.describe('mart.submission', 'Files that came through the door. Grain: submission.', '{
    "filename": "As the sender named it", "sha256": "Of the bytes, in hexadecimal", "size": "Bytes",
    "submitted_by": "Who sent it", "via": "page, api, cli, inbox, sample or country", "received_at": "When it arrived",
    "state": "received: waiting; loaded; rejected: no row could be used; unreadable; failed: a fault of Sala, waits for a person; withdrawn",
    "outcome": "accepted, partial, rejected or unreadable", "rows_read": "Rows of the file",
    "rows_accepted": "Rows that were loaded", "rows_rejected": "Rows that were kept with their reasons",
    "finished_at": "When the verdict was given", "unconfirmed": "Warnings of the last verdict that nobody has confirmed",
    "because": "Why it was sent, in the sender''s words", "verdicts": "Times it was judged; the last verdict holds",
    "handed_in_at": "When the same file was last handed in anew", "tried_at": "When it was last tried again",
    "raw_ended_at": "When retention deleted its bytes"}');
SELECT core.describe('mart.problem', 'What is wrong or doubtful in submissions by their last verdict, each at its cell. Grain: problem.', '{
    "column_name": "Column of the file", "value": "What stood there", "rule": "Rule that was broken",
    "severity": "reject: the row was not loaded; warn: it was", "message": "In plain words by language, with the fix, as JSON",
    "confirmed_by": "Who said that a doubtful figure is right; empty while nobody has", "confirmed_at": "When",
    "comment": "What they said"}');
SELECT core.describe('mart.verdict', 'Every verdict on a submission; one that was tried again has several. Grain: verdict.', '{
    "number": "1 for the first", "judged_at": "When", "outcome": "accepted, partial, rejected or unreadable",
    "rows_read": "Rows of the file", "rows_accepted": "Rows that were good", "rows_rejected": "Rows that were not",
    "country": "Digest of the country folder by which it was judged"}');
SELECT core.describe('mart.confirmation', 'What people said to warnings. Grain: confirmation.', '{
    "verdict": "Number of the verdict that was confirmed", "rule": "The rule meant; empty for every warning",
    "row_number": "The row meant; empty for every row", "comment": "In their own words", "confirmed_by": "Who",
    "confirmed_at": "When"}');
SELECT core.describe('mart.withdrawal', 'Submissions or returns that were taken back. Grain: withdrawal.', '{
    "withdrawn_by": "Who", "withdrawn_at": "When", "because": "Why", "returns": "Returns that stand no more",
    "whole": "True for a whole submission, false for some of its returns"}');
SELECT core.describe('mart.return', 'Every return, with the time during which it stood. Grain: return.', '{
    "lines": "Its lines", "total": "Beneficiaries, persons, grievances or money; empty where the dataset counts nothing",
    "indicator": "Of targets: the indicator they are for", "scheme": "Code of the scheme; empty where the dataset has none",
    "partial": "True where other lines of it were rejected", "zero": "True where it counts nobody",
    "received_at": "When this return first arrived", "known_to": "Until when it stood; infinity while it does",
    "withdrawn_because": "Why it was withdrawn, where it was"}');
SELECT core.describe('mart.scheme_return_history', 'Lines of scheme returns, those replaced or withdrawn too. Grain: line.', '{
    "known_to": "Until when it stood; infinity while it does"}');
SELECT core.describe('mart.change', 'What corrections and withdrawals moved, at the area itself and at every area above. Grain: receipt, moment, period, scheme, area.', '{
    "kind": "correction or withdrawal", "by": "Who", "why": "In their words: with the file, the withdrawal or a confirmation",
    "at": "When", "own": "True at the area of the return, false above it",
    "scheme": "Code of the scheme; empty where the dataset has none",
    "before": "Total of the area before; empty for whoever does not see the area", "after": "And after",
    "difference": "By how much it moved"}');
SELECT core.describe('mart.target', 'Baselines, milestones and targets that stand. Grain: indicator, area, year, sex, kind.', '{
    "year": "Calendar year", "kind": "baseline, milestone or target", "value": "In the indicator''s unit; a rate is a fraction",
    "cost": "In the national currency", "responsible": "Body that answers for it"}');
SELECT core.describe('mart.allocation', 'What the centre grants downwards. Grain: area, scheme, period.', '{
    "amount": "Granted, in the national currency"}');
SELECT core.describe('mart.beneficiary', 'Registers that stand, a person a line, without anything that names a person. Grain: person, area, scheme, period.', '{
    "pseudonym": "HMAC-SHA-256 of the identifier with a key outside the database: the same for one person in every list",
    "key_version": "Version of that key; only pseudonyms of one version can be compared", "birth_year": "Year of birth"}');
