"""The page that explains the datasets and the rules, written from the contracts themselves."""

from collections.abc import Iterator, Sequence

from countries.model import Country
from validators.contracts.contract import Column, Contract, contracts, in_language
from validators.messages import FORMS, STRICTNESS, limits, rules, severity, words
from validators.values import accepted, codes

SHOWN = 12
"""Choices written out in full; a longer list is cut."""


def page(country: Country, language: str = "en") -> str:
    """Markdown: every dataset with its columns, then every rule with what is said of it."""
    parts = [f"# {_word('datasets', language)}"]
    parts += [_dataset(contract, country, language) for contract in contracts().values()]
    return "\n\n".join([*parts, _rules(country, language)]) + "\n"


def what_to_write(column: Column, country: Country, language: str) -> str:
    """The form, the list, the range and the unit of a column, in a few words."""
    return "; ".join(_form(column, country, language))


def _form(column: Column, country: Country, language: str) -> Iterator[str]:
    if column.kinds:
        yield " / ".join(FORMS[kind] for kind in column.kinds)
    if allowed := codes(column, country):
        yield ", ".join(allowed[:SHOWN]) + (" …" if len(allowed) > SHOWN else "")
    if column.minimum is not None or column.maximum is not None:
        low, high = (f"{limit:g}" if limit is not None else "" for limit in (column.minimum, column.maximum))
        yield f"≥ {low}" if column.type in ("count", "money") or not high else f"{low} – {high}"
    if column.maximum_length:
        yield f"≤ {column.maximum_length}"
    if column.unit:
        yield country.currency if column.unit == "currency" else column.unit
    if column.example:
        yield f"`{column.example}`"
    yield _word("needed_yes" if column.required else "may_be_empty", language)


def _dataset(contract: Contract, country: Country, language: str) -> str:
    heading = f"## `{contract.dataset}`: {in_language(contract.title, language)}"
    key = " × ".join(in_language(contract.column(name).label, language) for name in contract.return_key)
    rows = [
        (
            f"`{column.name}`",
            in_language(column.label, language) + ". " + in_language(column.description, language),
            what_to_write(column, country, language),
        )
        for column in accepted(contract, country)
    ]
    head = [_word(name, language) for name in ("column", "meaning", "what_to_write")]
    about = in_language(contract.description, language)
    return f"{heading}\n\n{about} {_word('one_return', language)}: {key}.\n\n{_table(head, rows)}"


def _rules(country: Country, language: str) -> str:
    rows = [
        (
            f"`{name}`",
            _word(weight, language),
            ", ".join(
                _word(other, language) for other in STRICTNESS if other != weight and rule.allows(other)
            ),
            ", ".join(f"{limit} {value:g}" for limit, value in limits(name, country).items()),
            f"{in_language(rule.message, language)} {in_language(rule.fix, language)}",
        )
        for name, rule in rules().items()
        if name != "candidates" and (weight := severity(name, country)) != "off"
    ]
    head = [_word(name, language) for name in ("rule", "severity", "may_be", "limits", "words")]
    return f"## {_word('rules', language)}\n\n{_table(head, rows)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _word(name: str, language: str) -> str:
    return in_language(words()[name], language)
