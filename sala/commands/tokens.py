"""Tokens with which programs act for an account: made, listed, revoked by whoever is at the machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sala.commands.console import print_table
from sala.commands.options import acting_person
from sala.commands.warehouse import needs_warehouse

if TYPE_CHECKING:
    from transforms.identity.person import Person

app = typer.Typer()
token = typer.Typer(no_args_is_help=True, help="Tokens with which programs act for an account.")
app.add_typer(token, name="token")

Account = Annotated[str, typer.Argument(help="Name of the account, as `sala user list` shows it.")]


@token.command()
@needs_warehouse
def add(
    account: Account,
    name: Annotated[str, typer.Argument(help="What to call it: the program that will use it.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="read, submit or review; several are allowed. Left out: read.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=9999, help="How many days it is good. Left out: until revoked.")
    ] = None,
) -> None:
    """Make a token and print it. It is not shown again."""
    from transforms.identity.tokens import make_token

    ends_at = datetime.now(UTC) + timedelta(days=days) if days else None
    typer.echo(make_token(_account(account), name, scope or ["read"], ends_at, by=acting_person("")))


@token.command(name="list")
@needs_warehouse
def list_tokens(account: Account) -> None:
    """The tokens of an account: number, name, scopes, when each was last used, ends or was revoked."""
    import pandas as pd

    from transforms.identity.tokens import tokens

    rows = [
        {
            "number": token.number,
            "name": token.name,
            "scopes": ", ".join(token.scopes),
            "last_used": _time(token.last_used_at),
            "ends": _time(token.expires_at),
            "revoked": _time(token.revoked_at),
        }
        for token in tokens(_account(account))
    ]
    print_table(pd.DataFrame(rows, columns=["number", "name", "scopes", "last_used", "ends", "revoked"]))


@token.command()
@needs_warehouse
def revoke(
    account: Account, number: Annotated[int, typer.Argument(help="As `sala token list` shows it.")]
) -> None:
    """End a token at once."""
    from transforms.identity.tokens import revoke_token

    typer.echo(f"{revoke_token(_account(account), number, by=acting_person(''))} is revoked")


def _account(name: str) -> Person:
    from countries.country import current
    from transforms.identity.accounts import account_named

    return account_named(name, current())


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment else ""
