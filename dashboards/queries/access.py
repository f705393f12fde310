"""Whether the reader may look at an area."""

from dashboards.queries.places import must_exist
from dashboards.server.current_user import acting, person


def must_read(code: str) -> None:
    """Raises NotFound, and NotAllowed for an area that is there and is none of the reader's."""
    reader = person()
    if not reader.may("read", code) or reader.unbound:
        with acting() as connection:
            must_exist(connection, code)
        reader.must("read", code)
