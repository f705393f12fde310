"""How the work stands, as `sala health` shows it."""

from dash import html

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from dashboards.server.with_code import with_code
from sala.settings import settings
from sala.translation.translator import Translator
from transforms.coverage.health import files_failed, health
from transforms.identity.administration import must_administer


@page("/admin/health", menu=94, group="data", name="health", may="administer")
def health_page(view: View, country: Country, t: Translator) -> Page:
    """Each measure with its unit; Airflow's where its database is named."""
    must_administer(person(), country.root)
    measures = health(settings().airflow_database_url)
    failed = files_failed(measures)
    columns = (Column("name", t("health.measure"), "text"), Column("figure", t("health.figure"), "text"))
    rows = [(one.label(t), one.shown(t)) for one in measures]
    body = [
        html.H1(t("health.failed", n=failed) if failed else t("health.well"), id="headline", tabIndex=-1),
        html.P(with_code(t("health.lede")), className="lede"),
        html.Section(data_table(Table(t("nav.health"), columns, rows), t), className="card one"),
    ]
    return Page(title=t("nav.health"), body=body, section="health")
