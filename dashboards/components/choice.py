"""A choice that lives in the address, as the period does. Choosing changes the address and nothing else."""

import dash_mantine_components as dmc
from dash.development.base_component import Component

from dashboards.components.aria import aria


def choice(name: str, options: list[tuple[str, str]], chosen: str | None, label: str) -> Component:
    """A list to choose from; `name` is the query parameter, `options` are (value, words)."""
    return dmc.Select(
        id={"type": "choice", "name": name},
        data=[{"value": value, "label": text} for value, text in options],
        value=chosen,
        allowDeselect=False,
        withCheckIcon=False,
        size="sm",
        className=f"choice {name}",
        comboboxProps={"shadow": "none", "withinPortal": True},
        **aria(label=label),
    )
