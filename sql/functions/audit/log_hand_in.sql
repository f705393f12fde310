-- Trigger: every hand-in is in the audit log, by whom the file is; also one that changes nothing, because the same bytes came
-- before (a row that is not added all the same comes by here).
CREATE FUNCTION ledger.log_hand_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM ledger.log_for(
        coalesce(new.person_id::text, CASE WHEN new.via IN ('page', 'api', 'form') THEN 'visitor' ELSE '' END), 'hand in', 'submission ' || new.receipt,
        (SELECT a.code FROM core.area a WHERE a.area_id = new.from_area_id),
        jsonb_strip_nulls(jsonb_build_object(
            'by', new.submitted_by, 'via', new.via, 'dataset', new.dataset, 'bytes', new.size,
            'sha256', encode(new.sha256, 'hex'), 'because', new.because)));
    RETURN new;
END $$;

CREATE TRIGGER hand_in BEFORE INSERT ON ledger.submission
    FOR EACH ROW EXECUTE FUNCTION ledger.log_hand_in();
