"""The table of the ILO Social Security Inquiry (SSI), scheme by scheme, as far as a release can fill it.

After the scheme questionnaire of the Inquiry: an inventory of schemes, their protected persons, beneficiaries,
expenditure and income. A cell that stays empty says why, and who could fill it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sala.translation.translator import Translator, translator
from transforms.release.exports.release_files import ReleaseFiles

INVENTORY = ("administrator", "function", "kind", "starts", "source")
COUNTED = {
    "beneficiaries": "beneficiaries", "contributors": "contributors", "registered": "registered",
    "new_enrolments": "new_enrolments",
}  # fmt: skip
"""Item of the Inquiry → the measure of public tables that fills it."""
ADMINISTRATORS = ("benefit_expenditure", "administration", "income_contributions", "average_benefit")
MINISTRIES = ("legally_covered", "income_budget")
SEXES = ("_T", "F", "M")
COLUMNS = ("scheme", "item", "sex", "value", "reason", "who")


def ssi(release: ReleaseFiles, language: str = "en") -> pd.DataFrame:
    """One row a scheme, item and sex: its value as text; where that is empty, `reason` and `who` could fill it."""
    t = translator(language)
    rows = [row for scheme in release.definitions["schemes"] for row in _scheme(release, scheme, t)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _scheme(release: ReleaseFiles, scheme: dict[str, Any], t: Translator) -> Iterator[tuple[str, ...]]:
    name, administrator = scheme["id"], scheme["administrator"]

    def empty(item: str, sex: str, reason: str, who: str) -> tuple[str, ...]:
        return (name, t(f"export.ssi.{item}"), sex, "", t(f"export.ssi.reason.{reason}"), who)

    for item in INVENTORY:
        value = scheme.get(item)
        if value:
            yield (name, t(f"export.ssi.{item}"), "_T", str(value), "", "")
        else:
            yield empty(item, "_T", "not_declared", t("export.ssi.who.data_team"))
    for item, measure in COUNTED.items():
        for sex in SEXES:
            figure = _figure(release, measure, name, sex)
            if figure is None:
                yield empty(item, sex, "not_in_tables", t("export.ssi.who.board"))
            elif figure["status"] == "Q":
                yield empty(item, sex, "suppressed", administrator)
            elif pd.isna(figure["count"]):
                yield empty(item, sex, "not_reported", administrator)
            else:
                yield (name, t(f"export.ssi.{item}"), sex, str(figure["count"]), "", "")
    for item in ADMINISTRATORS:
        yield empty(item, "_T", "not_released", administrator)
    for item in MINISTRIES:
        yield empty(item, "_T", "not_collected", t("export.ssi.who.ministry"))


def _figure(release: ReleaseFiles, measure: str, scheme: str, sex: str) -> dict[str, Any] | None:
    """The nation's figure of a scheme; None where no public table has it."""
    tables = [one["id"] for one in release.definitions["public_tables"] if one["measure"] == measure]
    root = release.areas.loc[release.areas["parent"].isna(), "code"]
    all_figures = release.figures
    found = all_figures[
        all_figures["table"].isin(tables)
        & all_figures["area"].isin(root)
        & (all_figures["scheme"] == scheme)
        & (all_figures["sex"] == sex)
        & (all_figures["age_group"] == "_T")
    ]
    return None if found.empty else dict(found.iloc[0])
