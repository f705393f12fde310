"""What Postgres may write into its log: nothing that a row, a statement or a parameter holds."""

from __future__ import annotations

from sqlalchemy import Connection, text

QUIET = {
    "log_min_messages": "log",  # an error's first line can repeat a cell; who asked hears it, and the log does not
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",  # no DETAIL, which shows rows, and no CONTEXT, which shows lines of COPY
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""Setting → the value with which no row is logged."""

_AS_QUIET = {"log_min_messages": ("fatal", "panic"), "log_min_error_statement": ("fatal",)}
_NOW = text(
    "SELECT name, setting, quote_ident(current_database()) FROM pg_settings WHERE name = ANY(:names) ORDER BY name"
)


def loud_settings(connection: Connection) -> list[str]:
    """Statements for a superuser, one for each setting with which the server may log rows of this database."""
    now = connection.execute(_NOW, {"names": list(QUIET)}).all()
    return [
        f"ALTER DATABASE {database} SET {name} = '{QUIET[name]}';"
        for name, value, database in now
        if value not in (QUIET[name], *_AS_QUIET.get(name, ()))
    ]
