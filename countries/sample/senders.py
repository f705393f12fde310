"""Who sends the files of a made-up round, each with an account like everybody's."""

from dataclasses import dataclass, field

from countries.declarations.filing import Dataset, Reach
from countries.declarations.roles import Role
from countries.model import Country

Filing = dict[Dataset, set[Reach]]

REPORTS: Filing = {
    "scheme_returns": {"below"},
    "flash_reports": {"below"},
}
GRANTS: Filing = {"allocations": {"below"}}
EVERYBODYS: Filing = {
    "scheme_returns": {"below", "administrators"},
    "flash_reports": {"own", "below", "administrators"},
    "flash_items": {"own", "below"},
    "grievances": {"below"},
}
"""What the secretariat files: late months of every scheme, and the weeks of every area and administrator."""


@dataclass(frozen=True)
class SampleSender:
    """An account's name, the code of its area, the administrator to which it belongs, where it does, and what its role
    must let it file."""

    name: str
    area_code: str
    administrator: str | None = None
    files: Filing = field(default_factory=lambda: REPORTS, compare=False)


def of_administrator(country: Country, administrator: str) -> SampleSender:
    """The account of a scheme administrator."""
    return SampleSender(administrator.lower(), country.root, administrator)


def of_area(area_code: str) -> SampleSender:
    """The officer of an area right below the root."""
    return SampleSender(f"officer-{area_code.lower()}", area_code)


def secretariat(country: Country) -> SampleSender:
    """Whoever files for the whole country."""
    return SampleSender("secretariat", country.root, files=EVERYBODYS)


def treasury(country: Country) -> SampleSender:
    """Whoever grants money to the areas."""
    return SampleSender("treasury", country.root, files=GRANTS)


def role_of(country: Country, sender: SampleSender) -> Role | None:
    """The first role of the country that files what a sender sends; None where there is none."""
    whole = sender.area_code == country.root
    layer = country.layers[0 if whole else 1].id
    for role in country.roles:
        fits = (
            layer in role.layers and not role.visitors and role.of_administrator == bool(sender.administrator)
        )
        if fits and all(
            reach <= set(role.filing.get(dataset, ())) for dataset, reach in sender.files.items()
        ):
            return role
    return None
