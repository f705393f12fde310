"""A whole country in four small files, for tests that spoil it."""

from pathlib import Path

FILES = {
    "country.yaml": """\
code: XY
names: {en: Tiny, fr: Petit}
languages: [en, fr]
timezone: Africa/Kigali
currency: XYF
root: XY
layers:
  - {id: nation, names: {en: Nation, fr: Pays}, plurals: {en: Nations, fr: Pays}, code: XY}
  - {id: county, names: {en: County, fr: Comté}, plurals: {en: Counties, fr: Comtés}, code: "[0-9]{2}"}
  - {id: parish, names: {en: Parish, fr: Paroisse}, plurals: {en: Parishes, fr: Villages}, code: '..[.]..'}
age_groups:
  - {id: young, low: 0, high: 17, names: {en: young, fr: jeune}}
  - {id: grown, low: 18, names: {en: grown, fr: adulte}}
calendar:
  flash_reports: {layer: parish, due_days: 3}
administrators:
  - {id: MIN, names: {en: Ministry, fr: Ministère}}
gazetteer:
  edition: "1"
  valid_from: 2000-01-01
  nested_codes: yes
  sources:
    - file: areas.csv
      columns: {code: code, parent: parent, layer: layer, names: {en: name, fr: name}, valid_from: since}
population:
  years: [2024]
  source: made up
  structure: {file: people.csv, year: year, sex: sex, age: age, persons: persons, sexes: {f: F, m: M}}
  shares: {file: shares.csv, layer: county, code: code, persons: persons}
""",
    "schemes.yaml": """\
- id: grant
  names: {en: Grant, fr: Aide}
  counts: {en: Children, fr: Enfants}
  administrator: MIN
  function: family
  guarantee: children
  kind: universal
  layer: parish
  frequency: M
  due_days: 10
  eligible: {age_groups: [young]}
  source: law
- id: pension
  names: {en: Pension, fr: Retraite}
  counts: {en: Pensioners, fr: Retraités}
  administrator: MIN
  function: old_age
  guarantee: older
  kind: social_insurance
  layer: county
  frequency: Y
  due_days: 60
  by_age: yes
  starts: 2010-01-01
  source: law
""",
    "indicators/children.yaml": """\
id: children
title: {en: Children, fr: Enfants}
why: {en: They matter., fr: Ils comptent.}
guarantee: children
series: SI_COV_CHLD
unit: child
numerator:
  schemes: [grant]
  together: disjoint
  because: There is only one scheme, so nobody is in two.
denominator: {age_groups: [young]}
source: SDG 1.3.1
caveats: {en: None., fr: Aucune.}
direction: up
version: 1
valid_from: 2020-01-01
""",
    "areas.csv": """\
code,parent,layer,name,since
01,XY,county,Upper,
02,XY,county,Lower,2010-07-01
01.01,01,parish,Hill,
01.02,01,parish,Dale,
02.01,02,parish,Marsh,
""",
    "people.csv": "year,sex,age,persons\n2020,f,0,100\n2020,f,20,100\n2020,m,0,90\n2020,m,20,101\n"
    "2025,f,0,150\n2025,f,20,150\n2025,m,0,160\n2025,m,20,151\n",
    "shares.csv": "code,persons\n01,200\n02,100\n",
}


def write(folder: Path, **changes: tuple[str, str]) -> Path:
    """The country in `folder`; `changes` replace a text in a file, named by its stem."""
    stems = {Path(name).stem: name for name in FILES}
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for stem, (old, new) in changes.items():
        file = folder / stems[stem]
        text = file.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
        file.write_text(text.replace(old, new))
    return folder
