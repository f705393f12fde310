"""Accounts: made, listed, closed, given a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sala.commands.console import print_table
from sala.commands.warehouse import needs_warehouse

if TYPE_CHECKING:
    from transforms.identity.accounts import NewAccount

app = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="Accounts.")
app.add_typer(user, name="user")

Ask = Annotated[bool, typer.Option(help="Ask for a password; otherwise one is made up and printed.")]


@user.command()
@needs_warehouse
def add(
    name: str,
    role: Annotated[str, typer.Option(help="Role of the country folder.")],
    area: Annotated[str, typer.Option(help="Code of the area in which the role is held.")],
    administrator: Annotated[
        str | None, typer.Option(help="Scheme administrator, for the role that belongs to one.")
    ] = None,
    email: str | None = None,
    language: Annotated[str | None, typer.Option(help="Language of pages and e-mails.")] = None,
    ask: Ask = False,
    sql: Annotated[bool, typer.Option("--sql", help="Make a database login of the same scope too.")] = False,
) -> None:
    """Make an account. Its password has to be changed at the first sign-in."""
    from countries.country import current
    from transforms.identity import accounts

    account = accounts.add(
        current(),
        name,
        role,
        area,
        password=_prompt_password(ask),
        administrator=administrator,
        email=email,
        language=language,
        sql_login=sql,
    )
    _print_account(account, ask)


@user.command(name="list")
@needs_warehouse
def list_accounts() -> None:
    """Every account, its role and area, and whether it is closed."""
    from transforms.identity import accounts

    print_table(accounts.accounts())


@user.command()
@needs_warehouse
def disable(name: str) -> None:
    """Close an account, its sessions and its database login; what it did stays under its name."""
    from transforms.identity import accounts

    accounts.disable(name)
    typer.echo(f"{name} is closed")


@user.command()
@needs_warehouse
def password(name: str, ask: Ask = False) -> None:
    """Give an account a new password, which ends its sessions and any wait."""
    from transforms.identity import accounts

    _print_account(accounts.set_password(name, _prompt_password(ask)), ask)


@user.command()
@needs_warehouse
def reset_second_factor(name: str) -> None:
    """Take away the second factor of somebody who lost phone and recovery codes; they set up a new one."""
    from transforms.identity import second_factor

    second_factor.reset(name)
    typer.echo(f"{name} sets up a second factor at the next sign-in, if the role asks for one")


def _prompt_password(ask: bool) -> str | None:
    if not ask:
        return None
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _print_account(account: NewAccount, prompted: bool) -> None:
    typer.echo(f"{account.name}  {'(the password you gave)' if prompted else account.password}")
    if account.login:
        typer.echo(f"database login {account.login}, with the same password")
