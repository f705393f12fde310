"""Up to when an answer holds that is kept: what it is kept by, beside the scope of its reader."""

from sqlalchemy import Connection, text

# Whatever a page shows has moved only when something was published or reviewed since.
_AS_OF = text("""
    SELECT (SELECT max(published_at) FROM mart.period) AS published,
           (SELECT max(acted_at) FROM mart.review) AS reviewed
""")


def as_of(connection: Connection) -> str:
    """Another text as soon as something was published or reviewed."""
    return str(connection.execute(_AS_OF).one())
