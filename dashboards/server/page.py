"""What a page gives to the frame around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash.development.base_component import Component


@dataclass(frozen=True)
class Page:
    """A title for the window and the body between navigation and foot."""

    title: str
    body: Component | Sequence[Component]
    section: str = ""
    periods: tuple[str, ...] = ()  # codes to choose from, oldest first
    chosen: Mapping[str, str | None] = field(default_factory=dict)  # what the page's choices stand at
    status: int = 200
