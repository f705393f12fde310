"""ARIA attributes, which Dash takes under names that Python cannot write as keywords."""

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """`aria(label="Map")` is {"aria-label": "Map"}, to be spread into a component."""
    return {f"aria-{name}": value for name, value in attributes.items()}
