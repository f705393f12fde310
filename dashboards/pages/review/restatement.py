"""What changed after it was signed: in the area itself, and in areas below."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.review.figures import cell_name
from dashboards.pages.review.models import FLASH, ChangedTotal, Review, ReviewAct
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_TOTALS = 12
_MOST_AREAS = 5
_SEXES = {"F": "column.women", "M": "column.men", "X": "column.another", "U": "column.not_stated"}


def restatement(review: Review, view: View, country: Country, t: Translator) -> Component | None:
    """Why the area and those below were reopened, and which totals changed; None where nothing was."""
    last = next((act for act in review.acts if act.act in ("reopened", "endorsed")), None)
    parts: list[Component] = []
    if review.own.state == "reopened" and last is not None:
        parts += [html.P(_cause(last, country, t)), _changed_totals(review, last.changed, t)]
    for act in review.reopened_below[:_MOST_AREAS]:
        link = dcc.Link(
            t.name(act.area.names, act.area.code),
            href=view.review_href(act.area.code, review.dataset, review.period.code),
        )
        parts.append(html.P([link, t("format.colon"), _cause(act, country, t)]))
    if not parts:
        return None
    heading = html.H2(t("review.restatement"))
    return html.Section([heading, *parts], className="card one restated", id="restatement", role="note")


def _cause(act: ReviewAct, country: Country, t: Translator) -> str:
    """Who or what reopened it, and when."""
    when = t.moment(act.at, country.timezone)
    if act.reason:
        return t("review.reopened_by", who=act.by or t("review.somebody"), when=when, why=act.reason)
    return t("review.reopened_because", when=when, causes=causes_in_words(act, t), where=act.cause or "")


def causes_in_words(act: ReviewAct, t: Translator) -> str:
    """What moved the figures, and the files that did."""
    causes = ", ".join(t(f"review.cause.{cause}") for cause in act.causes)
    return f"{causes} ({', '.join(act.receipts)})" if act.receipts else causes


def _changed_totals(review: Review, changed: tuple[ChangedTotal, ...], t: Translator) -> Component:
    if not changed:
        return html.P(t("review.moved_below"), className="note")
    lines = [html.Li(_changed_total(review, total, t)) for total in changed[:_MOST_TOTALS]]
    if len(changed) > _MOST_TOTALS:
        lines.append(html.Li(t("review.more_moves", n=len(changed) - _MOST_TOTALS)))
    return html.Ul(lines, className="plain moves")


def _changed_total(review: Review, changed: ChangedTotal, t: Translator) -> str:
    """Which total, from how many to how many."""
    before, after = (
        t("figure.not_reported") if n is None else t.number(n, 0 if float(n).is_integer() else 1)
        for n in (changed.before, changed.after)
    )
    return t("review.move", what=_total_name(review, changed.total, t), before=before, after=after)


def _total_name(review: Review, total: str, t: Translator) -> str:
    """The name of scheme/sex/measure, [scheme/]returns/received or own/axis."""
    first, *_, last = parts = total.split("/")
    if "returns" in parts:
        scheme = [] if first == "returns" else [cell_name(review, first, t)]
        return ", ".join([*scheme, t(f"column.{last}")])
    if review.dataset == FLASH:
        return cell_name(review, last, t)
    sex = t(_SEXES.get(parts[1], "column.all"))
    return ", ".join([cell_name(review, first, t), sex, t(f"measure.{last}")])
