SELECT core.describe('mart.notice', 'Notices, operational guidelines and parameters of schemes that were published downwards, every version. Grain: version of a notice.', '{
    "notice_id": "Number of this version", "number": "Number of the notice; its versions share it",
    "version": "Versions count upwards", "kind": "notice, guideline, or parameters (of a scheme)",
    "publisher_code": "The area whose office published it", "area_code": "Addressed to this area and all below it",
    "scheme": "The scheme it is about; empty where it is about none", "titles": "Title by language",
    "texts": "Text by language; of parameters, who is eligible",
    "benefit": "Benefit level in the national currency; empty where the notice sets none",
    "benefit_per": "month, year or once", "valid_from": "First day on which it holds",
    "valid_until": "Day from which a newer version holds; empty while there is none",
    "state": "coming: not valid yet; in_force; replaced: a newer version holds",
    "everybody": "Whether somebody who is not signed in reads it too", "published_at": "When",
    "published_by": "Who, by account"}');
SELECT core.describe('mart.acknowledgement', 'Areas that have acknowledged a notice, each version anew. Grain: version of a notice, area.', '{
    "notice_id": "As in mart.notice", "acknowledged_at": "When", "acknowledged_by": "Who, by account"}');
SELECT core.describe('mart.notice_reach', 'Who is asked to acknowledge a notice and who has, at each area it reaches. Asked are areas of layers where somebody can answer, without the publisher''s own. Grain: version of a notice, area.', '{
    "notice_id": "As in mart.notice", "parent_code": "Area right above",
    "asked": "Areas asked, this one and those below it", "acknowledged": "Of these, those that have acknowledged",
    "acknowledged_at": "When this area itself has", "acknowledged_by": "Who did for it, by account",
    "asked_itself": "Whether this area itself is asked"}');
SELECT core.describe('mart.allocation_answer', 'Funds granted downwards that stand, and whether the area has acknowledged them; a changed grant is acknowledged anew. Grain: period, area, scheme.', '{
    "allocation": "Number of the grant", "amount": "In the national currency", "granted_at": "Since when it stands",
    "acknowledged_at": "When the area acknowledged it", "acknowledged_by": "Who did, by account"}');
SELECT core.describe('mart.absorption', 'What was granted against what was paid in the same areas. Where an area has a grant of its own, those below it are part of it and are not added. Payments that no return states count as nothing: read `absorption` beside `completeness`. Grain: area, period of the grant, scheme.', '{
    "grants": "Grants added up", "acknowledged": "Of these, acknowledged by their areas",
    "allocated": "Granted, in the national currency", "paid": "amount_paid of the same areas and scheme, in the grant''s period or the months of its year; empty where no return states any",
    "absorption": "paid / allocated, a fraction never capped at 1",
    "expected": "Returns expected from those areas, in the periods that somebody has opened"}');
SELECT core.describe('mart.calendar', 'What is due from which layer: from the first period for which anybody reported (two years back at most) to two months ahead. Grain: dataset, scheme, layer, period.', '{
    "administrator": "Id of the scheme''s administrator; empty where there is no scheme",
    "starts_on": "First day of the period", "ends_on": "Last day of the period",
    "due_on": "Day by whose end a return is on time", "grace_until": "Day by whose end a return is late but not missing",
    "state": "running: the period is not over; due; grace: the due day has passed; past: the grace too"}');
SELECT core.describe('mart.duty', 'What each area itself must file, and what became of it. Grain: area, dataset, scheme, period.', '{
    "due_on": "Day by whose end it is on time", "grace_until": "Day by whose end it is not yet missing",
    "state": "running: the period is not over; due; overdue: within the grace; missing: after it; empty: came, and was withdrawn without anything in its place; on_time, in_grace, late: it stands",
    "content": "Of what stands: figures, zero (says nobody), partial (lines were rejected)",
    "received_at": "When it first came", "owed": "Whether the area still owes it: the period is over and nothing stands",
    "days_after_due": "Days from the due day to its coming, or to today; negative before it"}');
SELECT core.describe('mart.discipline', 'Returns of an area and of all below it, by what became of them: expected = on_time + in_grace + late + awaited + missing. None is capped or inferred from another. Grain: area, period, dataset, scheme (_T all).', '{
    "scheme": "Code of the scheme; _T all schemes, or a dataset without", "on_time": "Came by the end of the due day",
    "in_grace": "Came after it, within the days of grace", "late": "Came after the grace",
    "awaited": "Have not come, and the grace is not over", "missing": "Have not come, and the grace is over",
    "empty": "Of the awaited and missing: came, and were withdrawn without anything in their place",
    "partial": "Of the received: some lines were rejected", "zero": "Of the received: say that there is nobody"}');
SELECT core.describe('mart.service_level', 'The agreed day of each scheme against what came, over the areas whose returns the reader sees. Delays are in days after the due day, negative before it. Grain: scheme, period.', '{
    "administrator": "Id of the administrator that runs the scheme", "due_days": "Agreed: days after the period''s end",
    "due_on": "The day this makes", "on_time": "Came by the end of the due day", "in_grace": "Came within the days of grace after it",
    "on_time_rate": "on_time / expected, a fraction", "median_delay": "Median delay of those that stand",
    "p90_delay": "Nine of ten came with no more than this delay", "partial": "Stand without the lines that were rejected",
    "rows_rejected": "Lines of files for this scheme and period that were rejected, by the latest verdict on each file",
    "corrected": "Returns that were replaced by a later one at least once"}');
SELECT core.describe('mart.dwell', 'How long what came in stayed at an area that has a committee: received, compiled, endorsed. Grain: area, dataset, period.', '{
    "first_received_at": "When the first return of the area or below it came", "last_received_at": "When the last one came",
    "compiled_at": "When the period was last compiled; empty while the last return waits for it",
    "endorsed_at": "When the area''s committee last signed; empty where it never did",
    "days_to_compile": "Days from the last return to the compilation",
    "days_to_endorse": "Days from the first return to the signature, or to now while it waits",
    "waiting": "Whether no signature has been given"}');
SELECT core.describe('mart.management_index', 'How an area''s reporting of a period is managed: the weighted mean of the parts that have data, by the weights of the country folder. Only returns whose due day has passed count. Grain: area, period.', '{
    "timeliness": "(on_time + in_grace × its weight) / expected", "completeness": "received / expected",
    "corrections": "Received returns that needed no correction / received", "grievances": "resolved / (resolved + pending); empty where none were counted",
    "index": "Weighted mean of the parts used, 0 to 1; empty where fewer have data than the country asks for",
    "parts": "The parts it is made of", "left_out": "Parts that have no data here and are left out of the mean",
    "expected": "Returns due, in the area and below it", "on_time": "Of these, on time",
    "in_grace": "Of these, within the days of grace", "corrected": "Of the received, replaced at least once",
    "resolved": "Grievances resolved in the period", "pending": "Grievances open at its end"}');
SELECT core.describe('mart.reminder', 'Reminders of the reader''s own. Grain: receiver, stage, dataset, scheme, period, area.', '{
    "reminder_id": "Number of the reminder", "person": "Who is reminded, by account",
    "stage": "before the due day; after it; escalated to the layer above", "area_code": "The area whose returns are meant, with all below it",
    "due_on": "Due day", "owing": "Returns that had not come when it was made", "made_at": "When",
    "read_at": "When the receiver marked it as read", "mail": "waiting, sent, failed, or none: no e-mail is set up or no address known",
    "attempts": "How often an e-mail was tried", "tried_at": "When last"}');
