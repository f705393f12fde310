"""SVG drawn on the server: a chart weighs a few kilobytes, a library that draws in the browser a megabyte."""

from xml.etree.ElementTree import Element, tostring


def element(tag: str, *children: Element | str | None, **attributes: object) -> Element:
    """An element of SVG or HTML; `stroke_width` is the attribute `stroke-width`, what is None is left out."""
    shown = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = Element(tag, {name: str(value) for name, value in shown.items() if value is not None})
    for child in children:
        if isinstance(child, str):
            made.text = child  # words come first: nothing here has any between its elements
        elif child is not None:
            made.append(child)
    return made


def title(text: str) -> Element:
    """What is said of an element to whoever points at it."""
    return element("title", text)


def markup(drawing: Element) -> str:
    """The drawing as HTML takes it; what stands in texts and attributes is escaped."""
    return tostring(drawing, encoding="unicode", method="html")


def percent_of(place: float) -> str:
    """A place or a length as a percentage of the whole, so that a drawing is as wide as it may be."""
    return f"{place:.5g}%"
