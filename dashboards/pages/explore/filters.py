"""The form by which a reader chooses: it sends an address, so whatever is chosen can be sent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from dashboards.charts.drawing import element
from dashboards.models.selection import SHAPES, Selection
from dashboards.pages.explore.labels import Labels
from dashboards.server.view import View
from sala.translation.translator import Translator
from sql.dictionary import Mart

_SHORT = 6
"""Values of a dimension that are shown at once; more of them are folded away."""


def filters(
    selection: Selection,
    present: Mapping[str, Sequence[str]],
    marts: Iterable[Mart],
    measures: Sequence[str],
    view: View,
    labels: Labels,
) -> Element:
    """`present`: dimension → the values to choose from; `measures` likewise."""
    t, said = labels.t, dict(view.query)
    options = [(mart.name, labels.mart(mart.name)) for mart in marts]
    across = [("", t("explore.by_itself"))] + [
        (name, labels.column(name)) for name in selection.mart.dimensions
    ]
    parts = [
        _select("mart", t("explore.table"), options, selection.mart.name),
        _line("find", t("explore.find"), said.get("find", ""), t("explore.find_example")),
        _line("within", t("explore.within"), said.get("within", ""), t("explore.within_example")),
        *(
            _choices(
                name,
                labels.column(name),
                [(v, labels.value(name, v)) for v in listed],
                selection.values.get(name, ()),
                t,
            )
            for name, listed in present.items()
            if len(listed) > 1
        ),
        _choices(
            "measure",
            t("explore.measures"),
            [(m, labels.column(m)) for m in measures],
            selection.measures,
            t,
        ),
        _select("across", t("explore.across"), across, selection.across or ""),
    ]
    if selection.mart.earlier:
        parts.append(_line("known_at", t("explore.known_at"), said.get("known_at", ""), "2026-11-30"))
        parts.append(
            _line("compared_with", t("explore.compared_with"), said.get("compared_with", ""), "2026-10-31")
        )
    hidden = {"shape": selection.shape, "lang": said.get("lang", ""), "sort": said.get("sort", "")}
    parts += [
        element("input", type="hidden", name=name, value=value) for name, value in hidden.items() if value
    ]
    parts.append(element("button", t("explore.show"), type="submit", class_="action strong"))
    return element("form", *parts, action=view.path, method="get", data_in_page="", class_="explore-form")


def shapes(selection: Selection, view: View, labels: Labels) -> Element:
    """A way to each shape of the same rows."""
    links = [
        element(
            "a",
            labels.t(f"explore.shape.{shape}"),
            href=view.href(shape=shape, page=None),
            data_in_page="",
            class_="on" if shape == selection.shape else None,
            aria_current="true" if shape == selection.shape else None,
        )
        for shape in SHAPES
    ]
    return element("nav", *links, class_="shapes", aria_label=labels.t("explore.shape"))


def _line(name: str, label: str, value: str, example: str) -> Element:
    box = element(
        "input", type="text", name=name, value=value, placeholder=example, maxlength="200", autocomplete="off"
    )
    return element("label", element("span", label), box)


def _select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Element:
    listed = [
        element("option", text, value=value, selected="selected" if value == chosen else None)
        for value, text in options
    ]
    return element("label", element("span", label), element("select", *listed, name=name))


def _choices(
    name: str, label: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], t: Translator
) -> Element:
    boxes = [
        element(
            "label",
            element(
                "input",
                type="checkbox",
                name=name,
                value=value,
                checked="checked" if value in chosen else None,
            ),
            element("span", text),
        )
        for value, text in options
    ]
    if len(options) <= _SHORT:
        return element("fieldset", element("legend", label), *boxes)
    names = [text for value, text in options if value in chosen]
    count = (
        f"{label}{t('format.colon')}{names[0]}"
        if len(names) == 1
        else f"{label}{t('format.colon')}{t('explore.some', n=len(names), of=len(options))}"
        if names
        else label
    )
    return element(
        "details",
        element("summary", count),
        element("fieldset", element("legend", label, class_="unseen"), *boxes),
    )
