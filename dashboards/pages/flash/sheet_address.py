"""The path of a flash sheet's page."""

from urllib.parse import quote


def sheet_address(code: str, week: str, administrator: str | None = None) -> str:
    """Of an area's sheet, or of one of its administrators'."""
    parts = [code, week, *([administrator] if administrator else [])]
    return "/flash/" + "/".join(quote(part, safe="") for part in parts)
