-- Answers that a person has read: to an item, or to a remark of their own. An answer given after that is unread again.
CREATE TABLE core.answer_read (
    person_id integer NOT NULL REFERENCES ledger.person,
    item_id integer REFERENCES core.item,
    comment_id integer REFERENCES core.comment,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((item_id IS NULL) <> (comment_id IS NULL))
);
CREATE INDEX answer_read_person ON core.answer_read (person_id);

-- When a person was last told by e-mail what waits.
ALTER TABLE ledger.person ADD told_at timestamptz;
