"""What a country's grievance returns speak of: categories, channels, and how long an answer may take."""

from pydantic import Field

from countries.declarations.declared import Declared, Id, Translated


class GrievanceTerm(Declared):
    """One category, or one channel by which grievances come in."""

    id: Id
    names: Translated


class Grievances(Declared):
    """The lists that the `grievances` dataset draws from; no grievance is told person by person."""

    categories: tuple[GrievanceTerm, ...] = Field(min_length=1, description="what grievances are about")
    channels: tuple[GrievanceTerm, ...] = Field((), description="how they come in; none: not told apart")
    slow_days: int = Field(30, ge=1, le=365, description="a median above it means that answers are slow")
