"""Faults of roles, committees and demo accounts are named with file and line; a folder without roles stays valid."""

# ruff: noqa: E501 (a table reads best with one fault a line)
from __future__ import annotations

from pathlib import Path

import pytest

from countries.country import CAMBODIA, check, load
from tests.countries import tiny

FILES = {
    "roles.yaml": """\
- id: public
  names: {en: Public, fr: Public}
  layers: [nation]
  sees: [released]
  visitors: always
- id: chair
  names: {en: Chair, fr: Président}
  layers: [nation, county]
  sees: [provisional]
  actions: [read, endorse]
- id: office
  names: {en: Office, fr: Bureau}
  layers: [nation]
  sees: [provisional]
  of_administrator: yes
""",
    "committees.yaml": """\
- {layer: nation, quorum: [chair], requires_children: yes}
- {layer: county, quorum: [chair]}
""",
    "demo_accounts.yaml": """\
- {name: chair, role: chair, area: XY}
- {name: office, role: office, area: XY, administrator: MIN}
""",
}
# file, what stands there, what is put there, the line, words of the message
FAULTS = {
    "layer": ("roles", "[nation, county]", "[nation, canton]", 8, "`canton` is not one of the layers"),
    "action": ("roles", "[read, endorse]", "[read, sign]", 10, "it can be 'read'"),
    "status": ("roles", "[released]", "[secret]", 4, "it can be 'provisional', 'endorsed' or 'released'"),
    "same id": ("roles", "id: office", "id: chair", 11, "the id `chair` is taken by entry 2"),
    "no visitors": ("roles", "  visitors: always\n", "", 1, "no role has `visitors: always`"),
    "visitors twice": ("roles", "  of_administrator: yes", "  visitors: always", 15, "role of visitors already"),
    "visitors of a part": ("roles", "layers: [nation]\n  sees: [released]", "layers: [county]\n  sees: [released]", 3, "write [nation]"),
    "files an unknown dataset": ("roles", "[read, endorse]", "[read, endorse, submit]\n  files: {scheme_return: [own]}", 11, "`files` is 'scheme_return'; it can be 'scheme_returns'"),
    "files for an unknown reach": ("roles", "[read, endorse]", "[read, endorse, submit]\n  files: {scheme_returns: [own, all]}", 11, "`scheme_returns` is 'all'; it can be 'own', 'below' or 'administrators'"),
    "files for nobody": ("roles", "[read, endorse]", "[read, endorse, submit]\n  files: {scheme_returns: []}", 11, "say whose returns"),
    "files without the action": ("roles", "[read, endorse]", "[read, endorse]\n  files: {scheme_returns: [own]}", 11, "is filed by `submit`, which is not among the actions of `chair`"),
    "reports without either action": ("roles", "[read, endorse]", "[read, endorse]\n  files: {flash_items: [own]}", 11, "is filed by `submit` or `draft`"),
    "grants without the action": ("roles", "[read, endorse]", "[read, endorse, submit]\n  files: {allocations: [below]}", 11, "is filed by `allocate`"),
    "grants to itself": ("roles", "[read, endorse]", "[read, endorse, allocate]\n  files: {allocations: [own, below]}", 11, "write [below]"),
    "visitors who grant": ("roles", "visitors: always", "visitors: always\n  actions: [read, allocate]\n  files: {allocations: [below]}", 7, "money is granted with an account"),
    "stands in where nobody is": ("roles", "[read, endorse]", "[read, endorse, submit]\n  files: {population: [own, administrators]}", 11, "`administrators` means nothing here"),
    "an administrator for another": ("roles", "of_administrator: yes", "of_administrator: yes\n  actions: [submit]\n  files: {scheme_returns: [below, administrators]}", 17, "`administrators` means nothing here"),
    "an administrator for areas": ("roles", "of_administrator: yes", "of_administrator: yes\n  actions: [submit]\n  files: {grievances: [below]}", 17, "belongs to areas"),
    "no translation": ("roles", "{en: Chair, fr: Président}", "{en: Chair}", 7, "no text in `fr`"),
    "committee's layer": ("committees", "layer: county", "layer: canton", 2, "`canton` is not one of the layers"),
    "two committees": ("committees", "layer: county", "layer: nation", 2, "has its committee already"),
    "who cannot sign": ("committees", "[chair], requires", "[public], requires", 1, "`public` cannot sign"),
    "not held there": ("committees", "layer: county", "layer: parish", 2, "`chair` is not held at the layer `parish`"),
    "releases below the root": ("committees", "quorum: [chair]}", "quorum: [chair], releases: [chair]}", 2, "releases are the whole country's"),
    "who cannot release": ("committees", "requires_children: yes", "releases: [chair]", 1, "`chair` cannot sign releases"),
    "unknown role": ("demo_accounts", "role: chair", "role: king", 1, "`king` is not one of the roles"),
    "same name": ("demo_accounts", "name: office", "name: chair", 2, "the name `chair` is taken"),
    "no office": ("demo_accounts", ", administrator: MIN", "", 2, "needs an `administrator`"),
}  # fmt: skip


def write(folder: Path, **changes: tuple[str, str]) -> Path:
    tiny.write(folder)
    for name, words in FILES.items():
        old, new = changes.get(name.removesuffix(".yaml"), ("", ""))
        assert old in words
        (folder / name).write_text(words.replace(old, new, 1) if old else words)
    return folder


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_with_file_and_line(name: str, tmp_path: Path) -> None:
    stem, old, new, line, words = FAULTS[name]
    faults = check(write(tmp_path, **{stem: (old, new)}))
    assert any(f.file.stem == stem and f.line == line and words in f.message for f in faults), faults


def test_sound_roles_have_no_fault(tmp_path: Path) -> None:
    assert check(write(tmp_path)) == []
    country = load(tmp_path)
    assert country.visitor == "public"
    assert country.committee("county") is not None
    assert country.committee("parish") is None


def test_a_role_that_does_not_say_what_it_files_files_reports_as_far_as_its_actions_go(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path, roles=("[read, endorse]", "[read, endorse, submit, draft, allocate]"))
    reports = ("scheme_returns", "beneficiary_list", "grievances", "flash_reports", "flash_items")
    assert load(folder).role("chair").filing == dict.fromkeys(reports, ("own", "below")) | {
        "allocations": ("below",)
    }
    folder = write(tmp_path, roles=("of_administrator: yes", "of_administrator: yes\n  actions: [submit]"))
    of_administrators = [dataset for dataset in reports if dataset != "grievances"]
    assert load(folder).role("office").filing == dict.fromkeys(of_administrators, ("own", "below"))


def test_a_country_without_roles_is_open(tmp_path: Path) -> None:
    country = load(tiny.write(tmp_path))
    assert (country.roles, country.visitor) == ((), None)


def test_cambodias_visitor_may_look_and_try_while_the_figures_are_made_up() -> None:
    cambodia = load(CAMBODIA)
    assert cambodia.sample
    assert cambodia.visitor == "visitor"
    assert cambodia.role("visitor").actions == ("read", "submit")
    real = cambodia.model_copy(update={"sample": False})
    assert real.visitor == "public"
    assert real.role("public").sees == ("released",)
