"""Every SALA_ variable: its name, type, default and meaning. Nothing else reads them from the environment."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[1]
PREFIX = "SALA_"

Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().resolve())]
Text = Annotated[str, BeforeValidator(lambda text: text.strip() if isinstance(text, str) else text)]
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """What an installation decides about itself; what a country decides stands in its folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    home: Folder = Field(default=REPOSITORY / ".sala", description="The folder of all state.")
    country: Folder = Field(default=REPOSITORY / "countries" / "kh", description="The country folder.")
    host: Text = Field(
        default="127.0.0.1", description="The address on which the dashboard and Airflow listen."
    )
    port: Port = Field(default=8050, description="The dashboard's port; 0 takes any free one.")
    airflow_port: Port = Field(
        default=8080, description="The port of Airflow's API server; 0 takes any free one."
    )

    database_url: Text | None = Field(
        default=None, description="The warehouse, as the owner of its tables. Unset: the embedded Postgres."
    )
    app_database_url: Text | None = Field(
        default=None, description="The same database as the login `sala_app`, with which pages and API read."
    )
    airflow_database_url: Text | None = Field(
        default=None, description="Airflow's metadata database. Unset: the embedded Postgres."
    )
    airflow_url: Text | None = Field(
        default=None,
        description="Where other machines reach Airflow's API server. Unset: this machine and port.",
    )
    broker_url: Text | None = Field(
        default=None, description="A Redis URL: tasks then run on Celery workers, otherwise on this machine."
    )
    receivers: int = Field(
        default=2,
        ge=1,
        description="So many tasks take in files beside each other, on all machines together.",
    )
    raw_url: Text | None = Field(
        default=None,
        description="Where raw files are kept: a folder or s3://BUCKET/PATH. Unset: `raw` in SALA_HOME.",
    )

    sdg_structure: Folder | None = Field(
        default=None,
        description="The structure of SDG indicators (IAEG-SDGs:SDG, SDMX-ML), for exports of its annual series.",
    )

    keys: Folder | None = Field(
        default=None,
        description="The folder of the secret and all keys, apart from the data. Unset: SALA_HOME, and `keys` in it.",
    )
    secret: SecretStr | None = Field(
        default=None,
        description="What session and Airflow keys are derived from. Unset: the file `secret` in SALA_KEYS.",
    )
    airflow_password: SecretStr | None = Field(
        default=None, description="The password of Airflow's user `sala`. Unset: derived from the secret."
    )
    raw_key: SecretStr | None = Field(
        default=None, description="Seals raw files: 32 bytes in base64. Unset: kept in SALA_KEYS."
    )
    pseudonym_key: SecretStr | None = Field(
        default=None, description="Makes pseudonyms of persons: 32 bytes in base64. Unset: kept in SALA_KEYS."
    )

    session_hours: int = Field(default=12, ge=1, description="A session ends after so many hours.")
    session_idle_minutes: int = Field(
        default=60, ge=1, description="A session ends when nothing is asked in it for so many minutes."
    )
    requests_per_minute: int = Field(
        default=600,
        ge=0,
        description="So many may one session, or one address without a session, send; 0 sets no limit.",
    )

    oidc_issuer: Text | None = Field(
        default=None,
        description="A provider of OpenID Connect by which people may sign in as well: its issuer, https://…",
    )
    oidc_client: Text | None = Field(default=None, description="The client id that it gave to Sala.")
    oidc_secret_file: Folder | None = Field(
        default=None, description="A file with the client's secret and nothing else."
    )
    oidc_claim: Text = Field(
        default="preferred_username",
        description="The claim that names the account: one that people cannot change themselves. `email` is looked for"
        " among the accounts' addresses, and counts only where the provider verified it.",
    )

    https: bool = Field(
        default=False, description="The dashboard is reached by https: cookies travel by nothing else."
    )
    proxies: int = Field(
        default=0,
        ge=0,
        description="So many proxies stand before it and say who asks (X-Forwarded-For, -Proto).",
    )
    smtp_url: Text | None = Field(
        default=None, description="A mail server: smtp://HOST, smtp+tls://USER:PASSWORD@HOST or smtps://…"
    )
    audit_file: Path | None = Field(
        default=None,
        description="A file elsewhere, to which the head of the audit log is appended every night.",
    )
    audit_mail: Text | None = Field(
        default=None, description="Who gets the head of the audit log by e-mail every night."
    )
    alert_mail: Text | None = Field(
        default=None, description="Who gets an e-mail when a fault of Sala stands in a file's way."
    )
    mail_from: Text | None = Field(default=None, description="The sender of e-mails.")


def settings() -> Settings:
    """The settings as the environment has them now. Raises pydantic.ValidationError that names the variable."""
    return _read(tuple((name, value) for name, value in os.environ.items() if name.startswith(PREFIX)))


@lru_cache(maxsize=8)
def _read(_variables: tuple[tuple[str, str], ...]) -> Settings:
    return Settings()
