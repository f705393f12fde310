"""Files that are held because of what they would replace, until somebody confirms every reason."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from sql import warehouse
from validators.contracts.contract import in_language
from validators.verdict import Verdict

# A reason is confirmed in its words: where something else stands meanwhile, they are others, and it is asked anew.
CONFIRMED = """
    SELECT p.rule, p.row_number, p.message ->> 'en'
    FROM ledger.problem p
    JOIN ledger.confirmation c ON c.submission_id = p.submission_id AND c.verdict = p.verdict
    WHERE p.submission_id = :id AND p.severity = 'hold'
      AND coalesce(c.rule, p.rule) = p.rule AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number
"""
AGAIN = """
    SELECT (detail ->> 'again')::boolean FROM ledger.state_change
    WHERE submission_id = :id AND detail ? 'again' ORDER BY at DESC LIMIT 1
"""
UNCONFIRMED = """
    SELECT EXISTS (
        SELECT FROM ledger.problem p
        WHERE p.submission_id = :id AND p.verdict = :verdict AND p.severity = 'hold'
          AND NOT EXISTS (
              SELECT FROM ledger.confirmation c
              WHERE c.submission_id = p.submission_id AND c.verdict = p.verdict AND coalesce(c.rule, p.rule) = p.rule
                AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number))
"""
CARRY = """
    INSERT INTO ledger.confirmation
        (submission_id, verdict, rule, row_number, comment, confirmed_by, confirmed_at)
    SELECT submission_id, :number, rule, row_number, comment, confirmed_by, confirmed_at
    FROM ledger.confirmation c
    WHERE submission_id = :id AND verdict = :number - 1
      AND EXISTS (
          SELECT FROM ledger.problem p
          WHERE p.submission_id = :id AND p.verdict = :number - 1 AND p.severity = 'hold')
"""


def is_confirmed(connection: Connection, submission_id: int, verdict: Verdict) -> bool:
    """Whether somebody has confirmed every reason for which a file is held, or handed it in again in so many words."""
    if connection.execute(text(AGAIN), {"id": submission_id}).scalar():
        return True
    confirmed = {tuple(row) for row in connection.execute(text(CONFIRMED), {"id": submission_id})}
    problems = verdict.problems
    reasons = problems[problems["severity"] == "hold"]
    texts = verdict.texts().loc[reasons.index]
    return all(
        (rule, int(row), in_language(words, "en")) in confirmed
        for rule, row, words in zip(reasons["rule"], reasons["row_number"], texts, strict=True)
    )


def waits_for_a_word(connection: Connection, submission_id: int, verdict_number: int) -> bool:
    """Whether a reason of the last verdict is still unconfirmed."""
    values = {"id": submission_id, "verdict": verdict_number}
    return bool(connection.execute(text(UNCONFIRMED), values).scalar())


def held_receipts(receipts: Sequence[str]) -> list[str]:
    """Those of the submissions that are held."""
    query = "SELECT receipt FROM ledger.submission WHERE receipt = ANY (:receipts) AND state = 'held' ORDER BY turn"
    with warehouse.transaction() as connection:
        return list(connection.execute(text(query), {"receipts": list(receipts)}).scalars())


def carry_confirmations(connection: Connection, submission_id: int, verdict_number: int) -> None:
    """What was confirmed of the verdict that held a file stays so on the one by which it is loaded."""
    connection.execute(text(CARRY), {"id": submission_id, "number": verdict_number})
