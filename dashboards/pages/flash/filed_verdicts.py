"""What became of the files of a sheet that was filed."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.submission_verdict import MOST_PROBLEMS, submission_verdict
from dashboards.queries.submissions import submission
from sala.translation.translator import Translator


def filed_verdicts(receipts: list[str], country: Country, t: Translator) -> tuple[list[Component], bool]:
    """A verdict a receipt, and whether all are final."""
    parts: list[Component] = []
    final = True
    for receipt in receipts:
        file, problems = submission(receipt, MOST_PROBLEMS)
        final = final and file.is_final
        verdict = submission_verdict(file, problems, country.timezone, t)
        parts.append(html.Section(verdict, className="card verdict"))
    return parts, final
