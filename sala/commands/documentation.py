"""What declarations say of themselves: datasets and rules, marts, settings."""

from __future__ import annotations

from typing import Annotated

import typer

from sala.commands.options import Language

app = typer.Typer()


@app.command()
def docs(
    marts: Annotated[bool, typer.Option(help="The dictionary of the marts instead.")] = False,
    country: Annotated[bool, typer.Option(help="What a country folder may say instead.")] = False,
    indicators: Annotated[
        bool, typer.Option(help="The definitions of the country's indicators instead.")
    ] = False,
    language: Language = "en",
) -> None:
    """Print what every dataset holds and every rule says, as Markdown."""
    from countries import documentation, indicator_definition
    from countries.country import current
    from sala.translation.translator import translator
    from sql import dictionary
    from validators.outputs.documentation import page

    if indicators:
        text = indicator_definition.all_of(current(), translator(language))
    elif marts or country:
        text = dictionary.markdown() if marts else documentation.markdown()
    else:
        text = page(current(), language)
    typer.echo(text, nl=False)


@app.command()
def settings() -> None:
    """Print every setting with its meaning and what it is now, as Markdown. Secrets are not shown."""
    from pydantic import SecretStr

    from sala.settings import PREFIX, Settings, settings

    chosen = settings()
    typer.echo("| variable | is now | meaning |\n|---|---|---|")
    for name, field in Settings.model_fields.items():
        value = getattr(chosen, name)
        shown = "set" if isinstance(value, SecretStr) else "" if value is None else value
        typer.echo(f"| {PREFIX}{name.upper()} | {shown} | {field.description} |")
