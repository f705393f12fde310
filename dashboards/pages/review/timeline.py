"""Every act of a review and every remark, the newest first."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.review.models import Review, ReviewAct
from dashboards.pages.review.restatement import causes_in_words
from sala.translation.translator import Translator


def timeline(review: Review, country: Country, t: Translator) -> Component:
    """As a list, each with its moment."""
    entries = [(act.at, _act(act, country, t)) for act in review.acts]
    entries += [
        (remark.at, t("review.act.remarked", who=remark.by or t("review.somebody")))
        for remark in review.remarks
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    lines = [
        html.Li(
            [
                html.Span(className="mark"),
                html.Span(text),
                html.Span(t.moment(at, country.timezone), className="where"),
            ]
        )
        for at, text in entries
    ]
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(t("review.nothing_yet"), className="empty")
    )
    return html.Section([html.H2(t("review.timeline")), body], className="card", id="timeline")


def _act(act: ReviewAct, country: Country, t: Translator) -> str:
    """Who did what, with the reason."""
    role = next((role for role in country.roles if role.id == act.office), None)
    who = act.by or t("review.somebody")
    if role:
        who = f"{who} ({t.name(role.names, role.id)})"
    text = t(
        f"review.act.{act.act}",
        who=who,
        n=len(act.changed),
        causes=causes_in_words(act, t),
        where=act.cause or "",
    )
    return f"{text} {act.reason}" if act.reason else text
