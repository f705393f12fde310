"""A draft before the board: that it is not public, its checklist, and what those may do who may."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, select, text_area
from dashboards.pages.releases.contents import Contents, Row
from dashboards.server.current_user import person
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.release.checklist import CHECKS


def standing(of: Contents, country: Country, view: View, t: Translator) -> Component | None:
    """Where the release stands, above everything else on its page; nothing where it is the one that holds."""
    release = of.release
    state = release["state"]
    if state == "released":
        return None
    href = view.href(f"/releases/{release['stands_now']}") if release["stands_now"] else None
    parts: list[Component | str] = [html.B(t(f"releases.standing.{state}"))]
    if state == "withdrawn" and release["ended_because"]:
        parts.append(f" {t('releases.because', reason=release['ended_because'])}")
    if href and state != "draft":
        parts += [" ", html.A(t("releases.stands_now", release=release["stands_now"]), href=href)]
    return html.P(
        parts, className="refusal" if state == "withdrawn" else "sample", role="note", id="standing"
    )


def checklist(of: Contents, country: Country, view: View, t: Translator) -> Component | None:
    """The points of the checklist; those that are open with a line to answer them, for whoever may."""
    if not of.release["checks"]:
        return None
    by_name = {each["name"]: each for each in of.release["checks"]}
    points = [_point(by_name[name], of, country, view, t) for name in CHECKS if name in by_name]
    return html.Section([html.H2(t("releases.checklist")), *points], className="card", id="checklist")


def _point(check: Row, of: Contents, country: Country, view: View, t: Translator) -> Component:
    name, detail = check["name"], check["detail"]
    state = "clear" if check["clear"] else "answered" if check["answer"] else "open"
    areas = [t.name(of.area_names(code), code) for code in detail.get("areas", ())]
    words = t(
        f"release.check.{name}.{'clear' if check['clear'] else 'open'}",
        n=detail.get("n", 0),
        share=t.percent(detail.get("share", 1)),
        unconfirmed=detail.get("unconfirmed", 0),
        held=detail.get("held", 0),
        areas=", ".join(areas[:8]) + (" …" if len(areas) > 8 else ""),
    )
    parts: list[Component] = [
        html.P([html.Span(t(f"releases.check.{state}"), className=f"pill small {_LOOK[state]}"), " ", words])
    ]
    if check["answer"]:
        parts.append(
            html.P(t("releases.answered", who=check["answered_by"], reason=check["answer"]), className="note")
        )
    reader = person()
    may = reader.may("prepare", country.root) or reader.may("approve", country.root)
    if state == "open" and of.release["state"] == "draft" and may:
        action = f"/releases/{of.release['release']}/answer"
        fields: list[Component] = [
            text_area("reason", t("releases.why_not"), rows=2, most=2000, of=f"answer-{name}")
        ]
        parts.append(form(action, fields, t("releases.answer"), view, {"check": name}))
    return html.Div(parts, className="check")


_LOOK = {"clear": "accepted", "answered": "partial", "open": "rejected"}


def acts(of: Contents, country: Country, view: View, t: Translator) -> Component | None:
    """Signing and withdrawing, for those who may."""
    reader, release = person(), of.release
    at = f"/releases/{release['release']}"
    parts: list[Component] = []
    if release["state"] == "draft" and reader.may("approve", country.root):
        wanted = ", ".join(_role(office, country, t) for office in release["quorum_missing"])
        parts.append(html.P(t("releases.wanted", offices=wanted or "–")))
        if release["open_checks"]:
            parts.append(html.P(t("releases.answer_first"), className="note"))
        else:
            seen = {"seen": release["content_hash"]}
            parts.append(form(f"{at}/sign", [], t("releases.sign"), view, seen, strong=True))
    ended = release["state"] in ("withdrawn", "discarded")
    if not ended and reader.may("approve", country.root):
        fields: list[Component] = [
            text_area("reason", t("releases.reason"), rows=2, most=2000, of="withdraw")
        ]
        if release["state"] in ("released", "superseded"):
            choices = [("", t("releases.conceal.no")), ("yes", t("releases.conceal.yes"))]
            fields.append(select("conceal", t("releases.conceal"), choices))
        ending = form(f"{at}/withdraw", fields, t("releases.withdraw"), view)
        parts.append(html.Details([html.Summary(t("releases.withdraw")), ending]))
    return html.Section([html.H2(t("releases.acts")), *parts], className="card", id="acts") if parts else None


def _role(office: str, country: Country, t: Translator) -> str:
    role = next((role for role in country.roles if role.id == office), None)
    return t.name(role.names, office) if role else office


def draft_form(country: Country, periods: list[str], view: View, t: Translator) -> Component | None:
    """A new draft, for those who may prepare one."""
    if not person().may("prepare", country.root) or not periods:
        return None
    fields: list[Component] = [
        select("period", t("shell.period"), [(period, t.period(period)) for period in periods]),
        text_area("note", t("releases.note"), required=False, most=4000),
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(t("releases.draft")),
                html.P(t("releases.draft.note"), className="note"),
                form("/releases/draft", fields, t("releases.draft"), view, strong=True),
            ]
        ),
        className="card one",
        id="draft",
    )
