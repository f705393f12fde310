"""What a country folder says to the validators: every name is known, and the ground cannot be weakened."""

# ruff: noqa: E501 (a table reads best with one fault a line)

import pytest

from countries.country import check
from countries.declarations.exchange import Check
from tests.countries import tiny
from validators.country_rules import RULES
from validators.messages import rules, severity

CHECKS = "checks:\n  jump: {{severity: reject, limits: {{ratio: 2}}}}\n  {}\n"
EXCHANGE = """\
exchange:
  adx:
    elements: {{A: {{dataset: scheme_returns, column: beneficiaries, row: {{scheme: grant}}}}, {}}}
    dimensions: {{SEX: {{column: sex, options: {{Female: f}}}}, {}}}
"""
TABLES = """\
exchange:
  tables:
    book: {{dataset: scheme_returns, columns: {{Month: period, County: area_code, Sex: sex{}}}, row: {{scheme: grant}},
      measures: {{Persons: {{column: beneficiaries{}}}}}, values: {{{}}}}}
"""

# what is added to a sound folder, the line of the fault, words of the message
FAULTS = {
    "unknown rule": (CHECKS.format("jumps: off"), 9, "`jumps` is no rule; did you mean `jump`?"),
    "a total beside its parts": (CHECKS.format("total_and_groups: warn"), 9, "`total_and_groups` cannot be `warn`: without it figures would be wrong. It can be 'reject'"),
    "a line twice": (CHECKS.format("duplicate_line: off"), 9, "`duplicate_line` cannot be `off`"),
    "lines lost unsaid": (CHECKS.format("newer_stands: off"), 9, "It can be 'warn' or 'hold' or 'reject'"),
    "unknown limit": (CHECKS.format("repeated_value: {limits: {row: 5}}"), 9, "`row` is no limit of `repeated_value`; did you mean `rows`?"),
    "a limit of no sense": (CHECKS.format("repeated_value: {limits: {rows: -1}}"), 9, "`rows` is -1; a number above 0 belongs here"),
    "unknown dataset": (EXCHANGE.format("B: {dataset: returns, column: x}", ""), 9, "`returns` is no dataset"),
    "unknown column": (EXCHANGE.format("B: {dataset: scheme_returns, column: beneficiary}", ""), 9, "`beneficiary` is no column of scheme_returns that holds numbers; did you mean `beneficiaries`?"),
    "a column without numbers": (EXCHANGE.format("B: {dataset: scheme_returns, column: sex}", ""), 9, "`sex` is no column of scheme_returns that holds numbers"),
    "unknown column of a row": (EXCHANGE.format("B: {dataset: scheme_returns, column: exits, row: {schema: grant}}", ""), 9, "`schema` is no column; did you mean `scheme`?"),
    "unknown scheme": (EXCHANGE.format("B: {dataset: scheme_returns, column: exits, row: {scheme: grants}}", ""), 9, "`grants` is no scheme; did you mean `grant`?"),
    "unknown column of a dimension": (EXCHANGE.format("", "AGE: {column: age}"), 10, "`age` is no column; known are accepted, age_group"),
    "unknown option": (EXCHANGE.format("", "AGE: {column: age_group, options: {child: baby}}"), 10, "`baby` is no age_group"),
    "an option without a column": (EXCHANGE.format("", "AGE: {options: {child: young}}"), 10, "`child` is one value"),
    "a title for an unknown column": (TABLES.format(", Age: age_group, Note: notes", "", ""), 9, "`notes` is no column"),
    "a column that no title fills": (TABLES.format("", "", ""), 9, "nothing fills `age_group` of scheme_returns"),
    "a column that two titles fill": (TABLES.format(", Age: age_group, Year: period", "", ""), 9, "more than one thing fills `period`"),
    "unknown scheme of a title": (TABLES.format(", Age: age_group", ", row: {disability: grant}", ""), 10, "`grant` is no disability"),
    "a word for an unknown area": (TABLES.format(", Age: age_group", "", "area_code: {Upper: ZZ9}"), 10, "`ZZ9` is no area of the gazetteer"),
    "a word for an unknown value": (TABLES.format(", Age: age_group", "", "sex: {Women: W}"), 10, "`W` is no sex"),
    "words of a column without a title": (TABLES.format(", Age: age_group", "", "disability: {yes: Y}"), 10, "`disability` is under no title"),
    "two titles for one line": (TABLES.format(", Age: age_group", "}, People: {column: beneficiaries", ""), 10, "`People` makes the same line as `Persons`"),
    "two tables of the same titles": (TABLES.format(", Age: age_group", "", "") + "    roll: {dataset: scheme_returns, columns: {Age: age_group, Sex: sex, County: area_code, Month: period}, row: {scheme: grant}, measures: {Persons: {column: beneficiaries}}}\n", 11, "`roll` has the same titles as `book`"),
    "unknown column of an option": (EXCHANGE.format("", "AGE: {options: {child: {ages: young}}}"), 10, "`ages` is no column"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_name_that_is_not_known_is_named_with_its_line(name, tmp_path) -> None:
    added, line, words = FAULTS[name]
    faults = check(tiny.write(tmp_path, country=("root: XY\n", f"root: XY\n{added}")), RULES)
    assert [fault.line for fault in faults if words in fault.message] == [line], "\n".join(map(str, faults))
    assert len(faults) == 1


def test_a_country_may_be_stricter_than_sala_and_never_milder_with_what_keeps_figures_right(tamara) -> None:
    for name, rule in rules().items():
        said = {}
        for weight in ("off", "warn", "reject"):
            country = tamara.model_copy(update={"checks": {name: Check(severity=weight)}})
            said[weight] = severity(name, country)
        milder = {"off": "off", "warn": "warn"} if rule.kind == "judgement" else {}
        own = {"off": rule.severity, "warn": rule.severity, "reject": "reject"}
        assert said == own | milder, name
