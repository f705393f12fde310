-- Somebody above may remind at once of what is late; a day later they may again.
ALTER TABLE core.reminder
    DROP CONSTRAINT reminder_stage_check,
    ADD CONSTRAINT reminder_stage_check CHECK (stage IN ('before', 'after', 'escalated', 'asked')),
    ADD COLUMN asked_by text;  -- who reminded; empty where the calendar did
