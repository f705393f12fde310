"""Scripts that few pages have: what they draw names them in `data-scripts`, and assets/components.js fetches them."""

from pathlib import Path

ON_DEMAND = Path(__file__).parents[1] / "assets" / "on_demand"


def scripts(*names: str) -> str:
    """Addresses of files of assets/on_demand, in the order in which they run; a changed file has another address."""
    return " ".join(f"/assets/on_demand/{name}?m={(ON_DEMAND / name).stat().st_mtime_ns}" for name in names)
