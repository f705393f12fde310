"""The made-up round: the same every time, of bounded size, never too many people, faults included."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from countries import gazetteer
from countries.country import load
from countries.period import Period
from countries.population import population
from countries.sample import SampleFile, files
from countries.sample.figures import returns
from countries.sample.people import People
from tests.countries import tiny
from tests.us import oasdi


@pytest.fixture(scope="module")
def arriving(cambodia, places, people) -> list[SampleFile]:
    return list(files(cambodia, places, people))


@pytest.fixture(scope="module")
def lines(cambodia, places, people) -> pd.DataFrame:
    """Every good line, before any file is spoiled."""
    crowd = People.of(cambodia, places.areas, people)
    return pd.concat(returns(cambodia, cambodia.sample_round, crowd), ignore_index=True)


def of(country, people=None) -> list[SampleFile]:
    return list(files(country, gazetteer.areas(country), people))


def read(file: SampleFile) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(file.raw), dtype=str, keep_default_na=False)


def test_size(arriving):
    assert 100 <= len(arriving) <= 160
    assert 300_000 <= sum(file.raw.count(b"\n") for file in arriving) <= 600_000


def test_every_file_arrives_after_what_it_reports_began_and_in_order(arriving):
    assert [file.received_at for file in arriving] == sorted(file.received_at for file in arriving)
    for file in arriving:
        period = Period.parse(
            next(part for part in file.name.split("_") if part.startswith("2026")).removesuffix(".csv")
        )
        assert file.received_at.date() > period.starts_on
        assert str(file.received_at.tzinfo) == "Asia/Phnom_Penh"


def test_some_are_late_and_most_are_not(arriving):
    months = [file for file in arriving if file.name.startswith("scheme_returns_2026-10_")]
    days = [(file.received_at.date() - Period.parse("2026-10").ends_on).days for file in months]
    assert 1 <= sum(day > 10 for day in days) <= len(days) / 4


def test_nobody_is_counted_twice_nor_beyond_the_eligible(lines, people, cambodia, places):
    key = ["period", "area_code", "scheme", "sex", "age_group"]
    assert not lines.duplicated(key).any()
    crowd = People.of(cambodia, places.areas, people)
    for scheme in cambodia.schemes:
        eligible = pd.Series(crowd.eligible(scheme).sum(axis=(1, 2)), crowd.codes[scheme.layer])
        mine = lines[lines["scheme"] == scheme.id]
        counted = mine.groupby(["period", "area_code"])["beneficiaries"].sum()
        assert counted.min() >= 0
        assert (counted <= eligible.loc[counted.index.get_level_values("area_code")].to_numpy()).all()
        assert set(mine["age_group"]) == (
            set(cambodia.ages(scheme.eligible.age_groups)) if scheme.by_age else {"_T"}
        )


def test_about_six_in_a_hundred_returns_are_missing(lines, cambodia, places):
    for scheme in cambodia.schemes:
        if scheme.layer in ("village", "commune"):
            expected = (places.areas["layer"] == scheme.layer).sum() * len(cambodia.sample_round.months)
            received = lines[lines["scheme"] == scheme.id].drop_duplicates(["period", "area_code"])
            assert 0.04 < 1 - len(received) / expected < 0.08


def test_national_levels_grow_and_differ_by_sex(lines, people):
    persons = people.groupby(["sex", "age_group"])["population"].sum()
    counted = lines.groupby(["scheme", "period", "sex"])["beneficiaries"].sum()

    def share(period: str, sex: str, schemes: list[str], ages: list[str]) -> float:
        return sum(counted[scheme, period, sex] for scheme in schemes) / persons[sex][ages].sum()

    everybody = persons.index.get_level_values("age_group").unique().tolist()
    health = {
        (p, s): share(p, s, ["hef", "nssf_health"], everybody) for p in ("2026-05", "2026-10") for s in "FM"
    }
    assert 0.40 < health["2026-10", "M"] < health["2026-10", "F"] < 0.50
    assert health["2026-05", "F"] < health["2026-10", "F"]
    assert 0.25 < share("2026-10", "F", ["cash_under2", "scholarship"], ["Y0T4", "Y5T17"]) < 0.35
    assert 0.20 < share("2026-10", "F", ["elderly"], ["Y60T74", "Y_GE75"]) < 0.30


def test_the_faults_are_there(arriving):
    sent = [file for file in arriving if file.dataset == "scheme_returns"]
    tables = [read(file) for file in sent if file.name.endswith("csv")]
    assert sum("sex" not in table for table in tables) == 1
    assert sum("remark" in table for table in tables) == 1
    good = [table for table in tables if "sex" in table and "remark" not in table]
    lines = pd.concat(good, ignore_index=True)
    assert {"female", "male"} < set(lines["sex"])
    assert lines["beneficiaries"].str.fullmatch("-3").any()
    assert lines["beneficiaries"].str.contains(r"\.", regex=True).any()
    assert lines["period"].str.startswith("2027").any()
    assert lines["area_code"].str.len().isin([1, 3, 5, 7]).any()
    assert any(table.duplicated().any() for table in good)
    assert sum(file.name.endswith("xlsx") for file in sent) == 2
    assert sum("corrected" in file.name for file in sent) == 1


def test_a_failed_attempt_is_followed_by_a_good_file_of_the_same_sender(arriving):
    by_name: dict[str, list[SampleFile]] = {}
    for file in arriving:
        by_name.setdefault(file.name.rsplit(".", 1)[0], []).append(file)
    twice = [same_name for same_name in by_name.values() if len(same_name) > 1]
    assert len(twice) == 5
    for failed, mended in twice:
        assert failed.received_at < mended.received_at
        assert failed.sender == mended.sender
        assert failed.raw != mended.raw


def digest(folder: Path | str) -> str:
    country = load(folder)
    sha256 = hashlib.sha256()
    for file in of(country, population(country)):
        sha256.update(f"{file.name} {file.received_at} {file.sender.name}".encode() + file.raw)
    return sha256.hexdigest()


def test_the_round_is_the_same_in_another_process(tmp_path):
    folder = tiny.write(tmp_path)
    script = "import sys; from tests.countries.test_sample import digest; print(digest(sys.argv[1]))"
    other = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env={**os.environ, "PYTHONHASHSEED": "1"},  # the order of sets is another one there
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == digest(folder)


def test_any_country_has_a_round(tmp_path):
    country = load(tiny.write(tmp_path))
    sample = of(country, population(country))
    assert {file.dataset for file in sample} == {"scheme_returns", "flash_reports"}
    yearly = [file for file in sample if file.name.startswith("scheme_returns_2026_")]
    assert set(pd.concat(map(read, yearly))["scheme"]) == {"pension"}


def test_a_country_without_people_and_flash_reports_has_one_too():
    country = load(oasdi.COUNTRY)
    sample = of(country)
    assert {file.dataset for file in sample} == {"scheme_returns"}
    assert set(pd.concat(map(read, sample))["scheme"]) == {scheme.id for scheme in country.schemes}


def test_one_area_names_the_persons_it_counts_and_some_are_in_two_schemes(arriving, lines, cambodia):
    listed = cambodia.sample_round.lists
    persons = pd.concat(read(file) for file in arriving if file.dataset == "beneficiary_list")
    counted = lines[(lines["top"] == listed.area) & lines["scheme"].isin(listed.schemes)]
    counted = counted[counted["period"].isin(persons["period"]) & (counted["beneficiaries"] > 0)]
    key = ["period", "scheme", "area_code", "sex"]
    assert (
        persons.value_counts(key).sort_index().to_dict()
        == counted.groupby(key)["beneficiaries"].sum().to_dict()
    )
    of_person = persons[persons["period"] == "2026-10"].groupby("person_id")
    assert of_person[["sex", "birth_year"]].nunique().max().max() == 1
    assert 0 < (of_person["scheme"].nunique() > 1).sum() < of_person.ngroups / 10


def test_grants_are_enough_for_what_is_paid(arriving, lines):
    granted = pd.concat(read(file) for file in arriving if file.dataset == "allocations")
    amount = granted.astype({"amount": int}).groupby(["period", "area_code", "scheme"])["amount"].sum()
    paid = lines.rename(columns={"top": "area"}).groupby(["period", "area", "scheme"])["amount_paid"].sum()
    assert len(amount) > 100
    assert (paid.loc[amount.index] <= amount).all()
