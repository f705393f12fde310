"""Whether the reader answers for an area: acknowledges what it is sent."""

from dashboards.server.current_user import person


def may_acknowledge(code: str) -> bool:
    """Somebody of the area itself who may draft for it, and no scheme administrator."""
    reader = person()
    return reader.may("draft", code) and reader.administrator is None and reader.area_code in ("", code)
