"""The visual language, once: one scale of colour for one meaning, and the shapes every page shares.

The same tokens become CSS variables (`css_variables`) and the Mantine theme (`MANTINE`).
"""

INK = "#1d2a35"
MUTED = "#5c6771"  # 5.5:1 on paper: grey text stays readable
PAPER = "#faf8f4"
CARD = "#ffffff"
LINE = "#e4dfd6"
ACCENT = "#0f6b6b"
ACCENT_LIGHT = "#7fb5b0"
WOMEN = "#5b3a8c"
MEN = "#d9822b"
MEN_TEXT = "#a35a10"  # the same orange, dark enough to be read as small text
ALARM = "#b3261e"  # only for what needs a person
SAND = "#efd9b4"  # what is missing in part
COVERAGE_PALE = "#e2f0ee"
COVERAGE_DEEP = "#0a585a"
DEEPEST = 0.7  # the share from which on coverage has its deepest colour
FONT = '"Noto Sans", "Noto Sans Khmer", "Khmer OS", system-ui, sans-serif'

_CSS = {
    "ink": INK,
    "muted": MUTED,
    "paper": PAPER,
    "card": CARD,
    "line": LINE,
    "accent": ACCENT,
    "accent-light": ACCENT_LIGHT,
    "women": WOMEN,
    "men": MEN,
    "men-text": MEN_TEXT,
    "alarm": ALARM,
    "sand": SAND,
    "pale": COVERAGE_PALE,
    "deep": COVERAGE_DEEP,
    "font": FONT,
}

# Mantine wants ten shades of its primary colour; ours run from the palest coverage to the deepest.
_TEAL = [
    "#e2f0ee",
    "#cfe4e1",
    "#abcfcb",
    "#8cbdb9",
    "#7fb5b0",
    "#4f9793",
    "#2e807e",
    "#0f6b6b",
    "#0a585a",
    "#07494b",
]

MANTINE = {
    "primaryColor": "teal",
    "primaryShade": 7,
    "colors": {"teal": _TEAL},
    "fontFamily": FONT,
    "defaultRadius": "md",
    "black": INK,
    "respectReducedMotion": True,
}


def css_variables() -> str:
    """The tokens as one CSS rule, put in the head of the page."""
    return ":root{" + "".join(f"--{name}:{value};" for name, value in _CSS.items()) + "}"


def coverage_colour(share: float) -> str:
    """The colour of a coverage `share` (a fraction): pale at none, deepest at DEEPEST and above."""
    part = min(max(share, 0.0), DEEPEST) / DEEPEST
    channels = (
        round(int(COVERAGE_PALE[i : i + 2], 16) * (1 - part) + int(COVERAGE_DEEP[i : i + 2], 16) * part)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def text_on(colour: str) -> str:
    """Ink or white, whichever stands out more on `colour` (WCAG relative luminance)."""

    def linear(channel: int) -> float:
        level = channel / 255
        return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # 0.18 is where white and black text contrast equally; our ink is a little lighter than black.
    return CARD if luminance < 0.2 else INK
