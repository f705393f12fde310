"""The reporting calendar."""

from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place

DUE = ("scheme_returns", "flash_reports")  # the datasets that somebody must file by a day


def the_calendar_names_a_layer(declared: RawDeclarations) -> Broken:
    """Yields the layer of flash reports where it is not declared."""
    calendar = declared.parsed.get(("calendar",))
    if calendar and calendar.flash_reports:
        place: Place = ("calendar", "flash_reports", "layer")
        yield from unknown(declared, place, calendar.flash_reports.layer, "layers")


def the_calendar_gives_grace_to_what_has_a_due_day(declared: RawDeclarations) -> Broken:
    """Yields each dataset with days of grace that is never due, so that grace would mean nothing."""
    calendar = declared.parsed.get(("calendar",))
    if not calendar:
        return
    for dataset in calendar.grace_days:
        if dataset not in DUE:
            message = f"`{dataset}` has no due day, so there is no grace after it; due are {', '.join(DUE)}"
            yield ("calendar", "grace_days", dataset), message
        elif dataset == "flash_reports" and not calendar.flash_reports:
            message = "no layer files flash reports: say which in `flash_reports`, or leave the grace out"
            yield ("calendar", "grace_days", dataset), message
