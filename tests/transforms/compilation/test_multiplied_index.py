"""An index of weighted terms, multiplied by factors, with minima and the money that follows: Brazil's IGD-M."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from countries.country import load
from countries.errors import CountryError
from sala.runtime import embedded_postgres
from tests.conftest import country_in_use, reset
from tests.reference.world import Indicator as Union
from tests.reference.world import Scheme, World, _indicator
from tests.transforms.intake.conftest import NOW, read
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

PERIOD = "2026-08"
INDEX = yaml.safe_load((Path(__file__).parent / "igd_m.yaml").read_text())
YES_OR_NO = ("joined_suas", "accounts_filed", "council_approved")
RATES = ("tac", "tafe", "taas")
MUNICIPALITIES = {  # of 100 records each: those updated, in school, in health care; and which yes/no returns came
    "M1": ((80, 60, 70), YES_OR_NO),
    "M2": ((90, 45, 90), YES_OR_NO),  # TAFE below its minimum
    "M3": ((95, 95, 95), YES_OR_NO[:2]),  # the council has not approved
    "M4": ((70, 50, 50), YES_OR_NO),  # each rate at its minimum, the index below its own
    "M5": ((72, 60, None), YES_OR_NO),  # nobody says TAAS
}
BY_HAND = {  # index, money in R$, what is below its minimum
    "M1": (0.725, 0.725 * 3.35 * 80, []),  # 0.5 × 0.80 + 0.25 × 0.60 + 0.25 × 0.70; R$ 194.30
    "M2": (0.7875, 0, ["tafe"]),
    "M3": (0.0, 0, ["index"]),
    "M4": (0.6, 0, ["index"]),
    "M5": (None, None, ["index", "taas"]),
}


def _folder(folder: Path) -> None:
    schemes = tuple(Scheme(name, 1) for name in (*RATES, *YES_OR_NO))
    World({"BR": None} | dict.fromkeys(MUNICIPALITIES, "BR"), schemes, ()).country(folder)
    declared = yaml.safe_load((folder / "country.yaml").read_text())
    words = _indicator(Union("x", ("tac",))) | {"guarantee": None}
    rate = words | {"numerator": {"measure": "beneficiaries"}, "denominator": {"measure": "registered"}}
    came = words | {
        "unit": "return",
        "numerator": {"measure": "received"},
        "denominator": {"measure": "expected"},
    }
    for made, names in ((rate, RATES), (came, YES_OR_NO)):
        for name in names:
            one = {side: made[side] | {"schemes": [name]} for side in ("numerator", "denominator")}
            declared["indicators"].append(made | one | {"id": name})
    (folder / "country.yaml").write_text(yaml.safe_dump(declared | {"management_index": INDEX}))


def test_the_index_of_brazil_gives_what_is_computed_by_hand(
    server: embedded_postgres.Server, tmp_path: Path
) -> None:
    reset()
    _folder(tmp_path)
    with country_in_use(tmp_path):
        country = load(tmp_path)
        load_country(country)
        rows = ["period,area_code,scheme,sex,age_group,beneficiaries,registered"]
        for area, (counted, came) in MUNICIPALITIES.items():
            rows += [
                f"{PERIOD},{area},{name},F,Y0T17,{n},100"
                for name, n in zip(RATES, counted, strict=True)
                if n is not None
            ]
            rows += [f"{PERIOD},{area},{name},F,Y0T17,1,1" for name in came]
        submit("\n".join(rows).encode(), "igd.csv", by=SYSTEM, via="api", received_at=NOW)
        receive_waiting(country)
        compile_and_publish(PERIOD)
    shown = read("SELECT * FROM mart.management_index WHERE period = :p", p=PERIOD).set_index("area_code")
    for area, (index, money, below) in BY_HAND.items():
        row = shown.loc[area].astype(object).where(shown.loc[area].notna(), None)
        assert row["index"] == (None if index is None else pytest.approx(index)), area
        assert row["money"] == (None if money is None else pytest.approx(money)), area
        assert row["below_minimum"] == below, area


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"factors": [{"of": "nothing"}]}, "`nothing` is no factor"),
        ({"money": {"amount": 3.35, "per": "nothing"}}, "`nothing` is no indicator"),
        ({"minima": {"nothing": 0.5}}, "`minima` names nothing"),
    ],
)
def test_what_the_index_names_and_nothing_declares_is_a_fault(
    tmp_path: Path, changed: dict[str, object], words: str
) -> None:
    _folder(tmp_path)
    file = tmp_path / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    declared["management_index"] |= changed
    file.write_text(yaml.safe_dump(declared))
    with pytest.raises(CountryError, match=words):
        load(tmp_path)
