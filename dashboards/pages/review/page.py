"""The page on which a committee reviews what was compiled for its area: look, ask, send back, sign."""

from dash import dcc, html
from dash.development.base_component import Component
from werkzeug.exceptions import NotFound

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.published_totals import published_totals
from dashboards.pages.review.comparison import comparison
from dashboards.pages.review.figures_by_area import figures_by_area
from dashboards.pages.review.findings import findings
from dashboards.pages.review.missing_returns import missing_returns
from dashboards.pages.review.models import Review
from dashboards.pages.review.queries import review
from dashboards.pages.review.remarks import remarks
from dashboards.pages.review.restatement import restatement
from dashboards.pages.review.send_back import send_back
from dashboards.pages.review.signatures import signatures
from dashboards.pages.review.timeline import timeline
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.review.review import REVIEWED


@page("/review/<code>/<dataset>")
def review_page(view: View, country: Country, t: Translator, code: str, dataset: str) -> Page:
    """One area, dataset and period under review."""
    if dataset not in REVIEWED:
        raise NotFound
    signed = view.version == "signed"
    shown = review(code, dataset, view.period, signed)
    return Page(
        title=f"{t('review.title')} · {t.name(shown.area.names, shown.area.code)}",
        body=body(shown, view, country, t, signed),
        section="reviews",
        periods=tuple(period.code for period in shown.periods),
        chosen={"period": shown.period.code},
    )


def body(shown: Review, view: View, country: Country, t: Translator, signed: bool) -> list[Component]:
    """The state in a sentence, the signatures, what changed, the figures, what to look at, what can be done."""
    parts: list[Component | None] = [
        _breadcrumb(shown, view, t),
        html.H1(_headline(shown, t), id="headline", tabIndex=-1),
        _reason(shown, t),
        html.P(t(f"review.lede.{shown.own.state}"), className="lede"),
        *outcome(view, t, "review"),
        _pills(shown, country, t),
        restatement(shown, view, country, t),
        published_totals(shown.published, shown.reference, t),
        figures_by_area(shown, view, t, signed) if shown.children else None,
        html.Div(
            [comparison(shown, view, t), signatures(shown, view, country, t)], className="two wide-first"
        ),
        html.Div([findings(shown, view, t), missing_returns(shown, view, t)], className="two even"),
        send_back(shown, view, t),
        html.Div([remarks(shown, view, country, t), timeline(shown, country, t)], className="two even"),
    ]
    return [part for part in parts if part is not None]


def _reason(shown: Review, t: Translator) -> Component | None:
    """Why the committee above sent it back, in its own words."""
    last = next((act for act in shown.acts if act.act == "returned"), None)
    if shown.own.state != "returned" or last is None or not last.reason:
        return None
    by = html.B(t("review.reason", who=last.by or t("review.somebody")))
    return html.P([by, " ", last.reason], className="refusal", id="reason")


def _headline(shown: Review, t: Translator) -> str:
    return t(
        f"review.headline.{shown.own.state}",
        area=t.name(shown.area.names, shown.area.code),
        period=t.period(shown.period.code),
        dataset=t(f"dataset.{shown.dataset}"),
    )


def _breadcrumb(shown: Review, view: View, t: Translator) -> Component:
    steps: list[Component] = [dcc.Link(t("reviews.title"), href=view.href("/reviews")), html.I("›")]
    for area in shown.above:
        href = view.review_href(area.code, shown.dataset, shown.period.code)
        steps += [dcc.Link(t.name(area.names, area.code), href=href), html.I("›")]
    steps.append(html.B(t.name(shown.area.names, shown.area.code)))
    for dataset in REVIEWED:
        if dataset != shown.dataset and shown.own.state != "none":
            href = view.review_href(shown.area.code, dataset, None)
            steps.append(dcc.Link(t(f"dataset.{dataset}"), href=href, className="other"))
    return html.Nav(steps, className="crumbs", **aria(label=t("crumbs.label")))


def _pills(shown: Review, country: Country, t: Translator) -> Component:
    """The state, the returns received, and who has signed or how many of how many."""
    own = shown.own
    received = t("review.received", received=t.number(own.received), expected=t.number(own.expected))
    pills = [
        html.Span(t(f"review.state.{own.state}"), className=f"pill {own.state}"),
        html.Span(received, className="pill"),
    ]
    if own.signed_at is not None:
        when = t.moment(own.signed_at, country.timezone)
        who = ", ".join(name or t("review.somebody") for name in shown.signed_by)
        pills.append(html.Span(t("review.signed_as_of", when=when, who=who), className="pill"))
    elif shown.quorum is not None:
        needed = max(1, len(shown.quorum))
        quorum = t("review.quorum", given=t.number(len(shown.signatures)), needed=t.number(needed))
        pills.append(html.Span(quorum, className="pill"))
    return html.Ul([html.Li(pill) for pill in pills], className="pills")
