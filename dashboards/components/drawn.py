"""Components of our own, small ones, beside those of Dash; `assets/components.js` is what they are in the browser."""

from dash.development.base_component import Component


class Drawn(Component):
    """HTML and SVG that the server has drawn (`dashboards.charts`), put into the page as they are."""

    _namespace = "sala"
    _type = "Drawn"
    _children_props: list[str] = []  # noqa: RUF012

    def __init__(self, markup: str) -> None:
        self._prop_names = self.available_properties = ["markup"]
        self._valid_wildcard_attributes = self.available_wildcard_properties = []
        self._base_nodes = []
        super().__init__(markup=markup)
