"""The name of a scheme that a notice or a grant is about."""

from countries.model import Country
from sala.translation.translator import Translator


def scheme_name(scheme_id: str, country: Country, t: Translator) -> str:
    """Its code where the country has no such scheme."""
    scheme = next((s for s in country.schemes if s.id == scheme_id), None)
    return t.name(scheme.names) if scheme else scheme_id
