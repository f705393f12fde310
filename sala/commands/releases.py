"""Releases: drafted, looked at, signed, published, withdrawn, exported and verified."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from sala.commands.console import print_table
from sala.commands.options import Language, User, acting_person
from sala.commands.warehouse import needs_warehouse
from transforms.release.formats import Format

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer()
release = typer.Typer(
    no_args_is_help=True, help="Releases of figures: from the draft to what everybody may read."
)
app.add_typer(release, name="release")

Name = Annotated[str, typer.Argument(help="As `sala release list` shows it: 2026-10-r1.")]
Reason = Annotated[str, typer.Option("--because", help="Why, in words that others understand.")]


@release.command()
@needs_warehouse
def draft(
    period: Annotated[str, typer.Argument(help="2026-10 or 2026.")],
    note: Annotated[str, typer.Option(help="What the board says with the figures.")] = "",
    as_known_at: Annotated[
        datetime | None,
        typer.Option(help="The figures as they stood then, by the country's clock; left out: now."),
    ] = None,
    user: User = "",
) -> None:
    """Compute, protect and audit what would be released of a period, and put it before the board."""
    from countries.country import current
    from transforms.release.draft import draft as make

    moment = as_known_at and as_known_at.replace(tzinfo=as_known_at.tzinfo or ZoneInfo(current().timezone))
    name = make(current(), period, acting_person(user), note, moment)
    typer.echo(f"{name} is drafted: see /releases/{name}, or `sala release show {name}`")


@release.command("list")
@needs_warehouse
def listed(user: User = "") -> None:
    """List the releases, newest first, with drafts for those who may preview them."""
    print_table(
        _read(
            user,
            "SELECT release, period, version, state, released_at FROM mart.release ORDER BY drafted_at DESC",
        )
    )


@release.command()
@needs_warehouse
def show(name: Name, user: User = "") -> None:
    """Print the state of a release, its checklist and what was done to it."""
    of_release = _release(name, user)
    for field in ("release", "period", "version", "state", "as_known_at", "note", "restates", "stands_now",
                  "ended_because", "quorum_missing", "content_hash"):  # fmt: skip
        typer.echo(f"{field.replace('_', ' ')}: {of_release[field]}")
    for relation, order in (("release_check", "name"), ("release_decision", "decision_id")):
        query = f"SELECT * FROM mart.{relation} WHERE release = :name ORDER BY {order}"  # noqa: S608
        print_table(_read(user, query, name=name).drop(columns="release"))


@release.command()
@needs_warehouse
def answer(
    name: Name,
    check: Annotated[str, typer.Argument(help="A point of the checklist.")],
    because: Reason,
    user: User = "",
) -> None:
    """Answer a point of the checklist that is not clear."""
    from transforms.release.acts import answer as give

    person = acting_person(user)
    with person.acting() as connection:
        give(connection, name, check, because, person)
    typer.echo(f"{check} is answered")


@release.command()
@needs_warehouse
def approve(
    name: Name,
    office: Annotated[
        str | None, typer.Option(help="For which role of the quorum, where no account signs.")
    ] = None,
    user: User = "",
) -> None:
    """Sign a release. With the last signature that the quorum needs it is approved, and then published."""
    from transforms.release.acts import approve as sign

    person, seen = acting_person(user), _release(name, user)["content_hash"]
    with person.acting() as connection:
        done = sign(connection, name, seen, person, office)
    typer.echo(f"{name} is {done}")
    if done == "approved":
        typer.echo(
            f"While `sala run` is up it becomes public within seconds; without: sala release publish {name}"
        )


@release.command()
@needs_warehouse
def publish(name: Name) -> None:
    """Publish what the quorum has approved, without Airflow: the same call, which refuses anything else."""
    from transforms.release.acts import publish_release

    publish_release(name)
    typer.echo(f"{name} is released")


@release.command()
@needs_warehouse
def withdraw(
    name: Name,
    because: Reason,
    conceal: Annotated[
        bool, typer.Option(help="Show its figures no more: they could tell of persons.")
    ] = False,
    user: User = "",
) -> None:
    """Withdraw a release, or drop a draft. A release stays readable, with the reason."""
    from transforms.release.acts import withdraw as end

    person = acting_person(user)
    with person.acting() as connection:
        typer.echo(f"{name} is {end(connection, name, because, person, conceal)}")


@release.command()
@needs_warehouse
def export(
    name: Name,
    path: Annotated[Path, typer.Argument(help="A folder; with --format a file.")],
    format: Annotated[
        Format | None, typer.Option(help="Left out: a folder that anybody can check without Sala.")
    ] = None,
    language: Language = "en",
    user: User = "",
) -> None:
    """Write a release as a folder that anybody can check without Sala, or in a format that other programs read."""
    from transforms.release.folder import folder_files, write_folder

    with acting_person(user).acting() as connection:
        files = folder_files(connection, name)
    if format:
        from transforms.release.exports import write

        write({file.name: file.content for file in files}, format, path, language)
        typer.echo(f"{path} holds {name} as {format}")
        return
    write_folder(files, path)
    typer.echo(f"{len(files)} files in {path}; check them there with: python verify.py")


@release.command()
def verify(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    hash: Annotated[
        str, typer.Option("--hash", help="The content hash, known from its citation or elsewhere.")
    ] = "",
) -> None:
    """Check a release's folder, as its own verify.py does. Exit status 1 where something was changed."""
    from transforms.release.verify import found_in

    problems = found_in(folder, hash)
    for problem in problems:
        typer.echo(f"NOT AS SIGNED: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("unchanged")


def _read(user: str, query: str, **params: Any) -> pd.DataFrame:
    from sql import warehouse

    with acting_person(user).acting() as connection:
        return warehouse.read(connection, query, **params)


def _release(name: str, user: str) -> dict[str, Any]:
    from sala.errors import NotFound

    releases = _read(user, "SELECT * FROM mart.release WHERE release = :name", name=name)
    if releases.empty:
        raise NotFound("unknown_release", release=name)
    return dict(releases.iloc[0])
