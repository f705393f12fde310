"""What a release can be written as; `transforms.release.exports` writes it."""

from enum import StrEnum


class Format(StrEnum):
    """`csv` is a ZIP of the release's own files; `sdg-…` are the annual series of SDG 1.3.1."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    SDMX_CSV = "sdmx-csv"
    SDMX_ML = "sdmx-ml"
    SDMX_STRUCTURE = "sdmx-structure"
    SDG_CSV = "sdg-csv"
    SDG_ML = "sdg-ml"
    ILO_SSI = "ilo-ssi"
