"""The board's scorecard speaks of indicators that there are."""

from countries.checks.indicators import unknown_indicator
from countries.checks.reference_checks import Broken
from countries.folder.raw_declarations import RawDeclarations


def the_scorecard_names_indicators(declared: RawDeclarations) -> Broken:
    """Yields limits of undeclared indicators."""
    board = declared.parsed.get(("board",))
    for indicator in board.scorecard if board else ():
        yield from unknown_indicator(declared, ("board", "scorecard", indicator), indicator)
