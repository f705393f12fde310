"""The terms of grievances."""

from countries.checks.reference_checks import Broken
from countries.folder.raw_declarations import RawDeclarations


def grievances_have_each_term_once(declared: RawDeclarations) -> Broken:
    """Yields categories and channels whose id an earlier entry of the same list has."""
    if book := declared.parsed.get(("grievances",)):
        for section, terms in (("categories", book.categories), ("channels", book.channels)):
            first: dict[str, int] = {}
            for number, term in enumerate(terms):
                if first.setdefault(term.id, number) != number:
                    taken = first[term.id] + 1
                    message = f"the id `{term.id}` is taken by entry {taken}; choose another"
                    yield ("grievances", section, number, "id"), message
