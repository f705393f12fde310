"""What still stands where a row of a correction was rejected, and the file that it came with."""

from dashboards.components.submission_verdict import MOST_PROBLEMS, Beside
from dashboards.models.submission import Problem, Submission
from dashboards.pages.submissions.queries import standing_lines
from dashboards.server.view import View
from sala.translation.translator import Translator


def beside(file: Submission, view: View, t: Translator) -> Beside | None:
    """What is said after the message of a problem, with the way to that file; None where no row was rejected."""
    if not file.rows_rejected:
        return None
    lines = standing_lines(file.receipt, MOST_PROBLEMS)

    def said(problem: Problem) -> tuple[str, str] | None:
        line = lines.get(problem.row_number or 0)
        if line is None or line.standing_receipt is None or problem.severity != "reject":
            return None
        value = t.number(line.of(problem.column))
        key = "submissions.still_stands" if line.cells else "submissions.return_still_stands"
        text = t(key, value=value, receipt=line.standing_receipt)
        return text, view.href("/submissions", receipt=line.standing_receipt)

    return said
