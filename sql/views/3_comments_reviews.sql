SELECT core.describe('mart.committee', 'How the committees of a layer sign. Grain: layer that has committees.', '{
    "quorum": "Roles that must all sign, each by another person; empty: one signature",
    "requires_children": "True where it may sign only when every area right below has signed"}');
SELECT core.describe('mart.compilation', 'What was compiled for an area, and where its review stands. Figures are compiled whatever it says. Grain: area, dataset, period.', '{
    "state": "open: nothing received; compiled; endorsed; returned: sent back by the committee above; reopened: was endorsed, and its figures have moved since",
    "since": "Since when it is in this state", "signed_at": "The moment whose figures were signed last; empty if none were",
    "signed_until": "When that signature ceased to stand; infinity while it does"}');
SELECT core.describe('mart.endorsement', 'What committees signed. The figures of as_known_at stay readable, whatever came later. Grain: endorsement.', '{
    "as_known_at": "The figures signed are those known at this moment", "ended_at": "When it was reopened or returned; infinity while it stands",
    "fingerprint": "SHA-256 over what the page showed to all who signed",
    "totals": "What was signed: scheme/sex/measure or own/axis to number, as JSON", "signed_by": "Names of those who signed"}');
SELECT core.describe('mart.signature', 'Single signatures under compilations. Grain: signature.', '{
    "office": "Role in which it was given", "person": "Who", "signed_at": "When",
    "ended_at": "When it ceased to count; infinity while it does", "fingerprint": "Of what this person saw",
    "complete": "True where the quorum was reached with it"}');
SELECT core.describe('mart.review', 'What happened to compilations, in order: the timeline. Grain: act; the last one is the state.', '{
    "state": "State afterwards: compiled, endorsed, returned or reopened", "acted_by": "Who; Sala where figures moved", "acted_at": "When",
    "as_known_at": "The figures meant are those known at this moment", "reason": "Why",
    "review_id": "Number of the act", "act": "signed (one of several), endorsed, returned, reopened or corrected", "office": "Role in which it was done",
    "moved": "What moved: [{what, before, after}], as JSON", "cause_code": "Area that returned it, or whose figures moved",
    "receipts": "Files that moved the figures, five at the most"}');
SELECT core.describe('mart.review_comment', 'Words about single cells of what was compiled, and answers. Grain: comment.', '{
    "comment_id": "Number of the comment", "area_code": "Area whose committee reviews", "child_code": "Area the words are about",
    "cell": "scheme/sex/measure or own/axis; empty: all of the area", "answers": "Comment that it answers",
    "written_by": "Who", "written_at": "When", "text": "As written"}');
SELECT core.describe('mart.indicator_signed', 'Indicators as committees last signed them, whether that still stands or not. Grain: indicator, area, period, sex, age group.', '{
    "signed_at": "The moment whose figures were signed", "signed_until": "When that signature ceased to stand; infinity while it does"}');
SELECT core.describe('mart.unusual_change', 'Figures far from what the area usually reports, found when its layer was compiled, by the limits of the country. Grain: area, dataset, period, cell.', '{
    "cell": "Code of the scheme, or name of the axis", "value": "Persons, or percent advanced", "usual": "The median of up to twelve periods before it"}');
COMMENT ON FUNCTION mart.scheme_total_as_known_at IS
    'The rows of mart.scheme_total of one area and period as they stood at a moment: SELECT * FROM mart.scheme_total_as_known_at(''02'', ''2026-10'', ''2026-11-01'')';
COMMENT ON FUNCTION mart.reviewed IS 'An area and those right below it that stood in a period: the rows of its review page';
COMMENT ON FUNCTION mart.review_figures IS
    'Beneficiaries by scheme and sex (or percent by axis and origin) of an area and those right below, for a period (back = 0) and the one before it';
COMMENT ON FUNCTION mart.review_signed IS 'The cells of mart.review_figures as they stood when the area''s committee last signed';
COMMENT ON FUNCTION mart.review_missing IS 'Returns expected of an area and of all below it that do not stand';
COMMENT ON FUNCTION mart.review_warnings IS 'What was doubtful in the returns that stand below an area, rule by rule with an example';
COMMENT ON FUNCTION mart.review_fingerprint IS 'The text that a signature under an area''s compilation sends back: what was seen';
