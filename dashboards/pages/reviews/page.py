"""The page on which a committee reviews what was compiled for its area: look, ask, send back, sign."""

from dash import dcc, html
from dash.development.base_component import Component
from werkzeug.exceptions import NotFound

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.pages.reviews.actions import remarks, send_back, signatures
from dashboards.pages.reviews.figures import by_area, compared, review_href
from dashboards.pages.reviews.models import ReviewFacts
from dashboards.pages.reviews.notes import doubts, missing, restatement, timeline
from dashboards.pages.reviews.queries import review_facts
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.review.review import REVIEWED

DONE = ("signed", "endorsed", "returned", "remarked")
REFUSED = (
    "not_allowed", "no_committee", "not_in_quorum", "nothing_compiled", "already_endorsed", "still_compiling",
    "children_open", "figures_moved", "already_signed", "reason_missing", "words_missing", "not_a_child",
    "already_returned", "no_comment", "busy", "unknown",
)  # fmt: skip
"""Why an act was refused: the keys of transforms.review.review.Refused."""


@page("/review/<code>/<dataset>")
def review_page(view: View, country: Country, t: Translator, code: str, dataset: str) -> Page:
    """One area, dataset and period under review."""
    if dataset not in REVIEWED:
        raise NotFound
    signed = view.version == "signed"
    facts = review_facts(code, dataset, view.period, country, signed)
    return Page(
        title=f"{t('review.title')} · {t.name(facts.area.names, facts.area.code)}",
        body=body(facts, view, country, t, signed),
        section="reviews",
        periods=facts.periods,
        chosen={"period": facts.period.code},
    )


def body(facts: ReviewFacts, view: View, country: Country, t: Translator, signed: bool) -> list[Component]:
    """The state in a sentence, the signatures, what moved, the figures, what to look at, what can be done."""
    aside = [doubts(facts, view, t), missing(facts, view, t)]
    talk = [remarks(facts, view, country, t), timeline(facts, country, t)]
    parts: list[Component | None] = [
        _crumbs(facts, view, t),
        html.H1(_headline(facts, t), id="headline", tabIndex=-1),
        html.P(t(f"review.lede.{facts.own.state}"), className="lede"),
        _said(view, t),
        _pills(facts, country, t),
        restatement(facts, view, country, t),
        by_area(facts, view, t, signed) if facts.children else None,
        html.Div(
            [compared(facts, view, t), signatures(facts, view, country, t)],
            className="two wide-first",
        ),
        html.Div(aside, className="two even"),
        send_back(facts, view, t),
        html.Div(talk, className="two even"),
    ]
    return [part for part in parts if part is not None]


def _headline(facts: ReviewFacts, t: Translator) -> str:
    return t(
        f"review.headline.{facts.own.state}",
        area=t.name(facts.area.names, facts.area.code),
        period=t.period(facts.period.code),
        dataset=t(f"dataset.{facts.dataset}"),
    )


def _crumbs(facts: ReviewFacts, view: View, t: Translator) -> Component:
    steps: list[Component] = [dcc.Link(t("reviews.title"), href=view.href("/reviews")), html.I("›")]
    for area in facts.above:
        href = review_href(view, area.code, facts.dataset, facts.period.code)
        steps += [dcc.Link(t.name(area.names, area.code), href=href), html.I("›")]
    steps.append(html.B(t.name(facts.area.names, facts.area.code)))
    for dataset in REVIEWED:
        if dataset != facts.dataset and facts.own.state != "none":
            href = view.href(f"/review/{facts.area.code}/{dataset}", period=None, indicator=None, level=None)
            steps.append(dcc.Link(t(f"dataset.{dataset}"), href=href, className="other"))
    return html.Nav(steps, className="crumbs", **aria(label=t("crumbs.label")))


def _pills(facts: ReviewFacts, country: Country, t: Translator) -> Component:
    own = facts.own
    pills = [
        html.Span(t(f"review.state.{own.state}"), className=f"pill {own.state}"),
        html.Span(
            t("review.received", received=t.number(own.received), expected=t.number(own.expected)),
            className="pill",
        ),
    ]
    if own.signed_at is not None:
        when = t.moment(own.signed_at, country.timezone)
        who = ", ".join(name or t("review.somebody") for name in facts.signed_by)
        pills.append(html.Span(t("review.signed_as_of", when=when, who=who), className="pill"))
    elif facts.quorum is not None:
        needed = max(1, len(facts.quorum))
        pills.append(
            html.Span(
                t("review.quorum", given=t.number(len(facts.signatures)), needed=t.number(needed)),
                className="pill",
            )
        )
    return html.Ul([html.Li(pill) for pill in pills], className="pills")


def _said(view: View, t: Translator) -> Component | None:
    """What became of the form that was sent."""
    if view.said in DONE:
        return html.P(t(f"review.done.{view.said}"), className="agreed", role="status")
    if view.said in REFUSED:
        return html.P(t(f"review.refused.{view.said}"), className="refusal", role="alert")
    return None
