"""The made-up reporting round."""

import re

from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations

PERIODS = {"months": r"\d{4}-(0[1-9]|1[0-2])", "weeks": r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])"}


def the_sample_round_names_schemes_and_periods(declared: RawDeclarations) -> Broken:
    """Yields undeclared schemes and layers of the round, and months and weeks that are not written as such."""
    if sample := declared.parsed.get(("sample_round",)):
        for scheme in sample.schemes:
            yield from unknown(declared, ("sample_round", "schemes", scheme), scheme, "schemes")
        for layer in sample.flash_items:
            yield from unknown(declared, ("sample_round", "flash_items", layer), layer, "layers")
        for section, shape in PERIODS.items():
            for number, period in enumerate(getattr(sample, section)):
                if not re.fullmatch(shape, period):
                    message = f"{period!r} is not one of the {section}, like 2026-10 or 2026-W47"
                    yield ("sample_round", section, number), message
