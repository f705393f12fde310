"""Where persons live whom lists of two areas name."""

from __future__ import annotations

from typing import Annotated

import typer

from sala.commands.console import print_table
from sala.commands.options import User, acting_person, period_option
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()
residence = typer.Typer(no_args_is_help=True, help="Where persons live whom lists of two areas name.")
app.add_typer(residence, name="residence")

Period = Annotated[str, period_option("2026-10 or 2026.")]


@residence.command("list")
@needs_warehouse
def listed(period: Period, user: User = "") -> None:
    """List what areas of residence add to lists and take from them, and who decided it."""
    from sql import warehouse

    with acting_person(user).acting() as connection:
        print_table(
            warehouse.read(
                connection,
                "SELECT area_code, other_area_code, scheme, persons, decided_by, because FROM mart.list_adjustment"
                " WHERE period = :period ORDER BY area_code, other_area_code, scheme",
                period=period,
            )
        )


@residence.command()
@needs_warehouse
def decide(
    period: Period,
    area: Annotated[str, typer.Option(help="Code of the area in which they live.")],
    other: Annotated[str, typer.Option(help="Code of the other area, whose list names them too.")],
    because: Annotated[str, typer.Option(help="Why, in words that others understand.")],
    user: User = "",
) -> None:
    """Decide that persons whom lists of two areas name live in one of them."""
    from transforms.review.residence import Residence
    from transforms.review.residence import decide as make

    person = acting_person(user)
    with person.acting() as connection:
        make(connection, Residence(period, area, other, because), person)
    typer.echo(f"They live in {area}. While `sala run` is up figures follow within seconds; without: "
               f"sala compile --period {period}")  # fmt: skip
