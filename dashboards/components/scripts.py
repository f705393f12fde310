"""Scripts that few pages have: what they draw names them in `data-scripts`, and assets/components.js fetches them."""

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "assets"


def scripts(*names: str) -> str:
    """Addresses of files of dashboards/assets, in the order in which they run; a changed file has another address."""
    return " ".join(f"/assets/{name}?m={(ASSETS / name).stat().st_mtime_ns}" for name in names)
