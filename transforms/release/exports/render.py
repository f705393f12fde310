"""The formats of a release, each a function from its files to bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from transforms.release.exports import national, sdg, sdmx
from transforms.release.exports.ilo import ssi
from transforms.release.exports.parquet import parquet
from transforms.release.exports.release_files import ReleaseFiles
from transforms.release.exports.workbook import workbook
from transforms.release.formats import Format

SECTIONS = ("public_tables", "indicators", "schemes", "areas", "age_groups")


def rendered(files: Mapping[str, bytes], format: Format | str, language: str = "en") -> bytes:
    """The release in a format. `csv` is a ZIP of the release's own files, a Frictionless data package.

    Raises Refusal for a code that a structure does not have, and for the SDG's series without their structure.
    """
    if Format(format) is Format.CSV:
        return _package(files)
    return _WRITERS[Format(format)](ReleaseFiles.of(files), language)


def write(files: Mapping[str, bytes], format: Format | str, path: Path, language: str = "en") -> None:
    """Put the release in a format into a file, which is there whole or not at all."""
    content = rendered(files, format, language)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def _package(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            package.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _agency(release: ReleaseFiles) -> str:
    return str(release.definitions["country"]["code"])


def _structure(release: ReleaseFiles) -> national.DataStructureDefinition:
    return national.structure(_agency(release), {section: release.names(section) for section in SECTIONS})


def _indicators(release: ReleaseFiles) -> dict[str, dict[str, str]]:
    return {one["id"]: one for one in release.definitions["indicators"]}


def _footnotes(release: ReleaseFiles) -> dict[str, str]:
    """In English, as comments of SDMX have one language."""
    return {name: words.get("en", name) for name, words in release.definitions["footnotes"].items()}


def _observations(release: ReleaseFiles) -> sdg.pd.DataFrame:
    return national.observations(release.figures, _indicators(release), _footnotes(release))


def _sdmx_csv(release: ReleaseFiles, _: str) -> bytes:
    return sdmx.csv(_structure(release), _observations(release))


def _sdmx_ml(release: ReleaseFiles, _: str) -> bytes:
    return sdmx.ml(_structure(release), _observations(release), _agency(release), release.notes["release"])


def _sdmx_structure(release: ReleaseFiles, _: str) -> bytes:
    artefacts = national.artefacts(_structure(release))
    return sdmx.structures(artefacts, _agency(release), release.notes["release"])


def _sdg(release: ReleaseFiles) -> tuple[sdg.DataStructureDefinition, sdg.pd.DataFrame]:
    definition = sdg.structure()
    series = {one: said["series"] for one, said in _indicators(release).items()}
    figures, agency, footnotes = release.figures, _agency(release), _footnotes(release)
    return definition, sdg.observations(figures, series, agency, definition, footnotes)


def _sdg_csv(release: ReleaseFiles, _: str) -> bytes:
    return sdmx.csv(*_sdg(release))


def _sdg_ml(release: ReleaseFiles, _: str) -> bytes:
    return sdmx.ml(*_sdg(release), _agency(release), release.notes["release"], version="2.1")


def _ilo(release: ReleaseFiles, language: str) -> bytes:
    return ssi(release, language).to_csv(index=False, lineterminator="\n").encode()


_WRITERS: dict[Format, Callable[[ReleaseFiles, str], bytes]] = {
    Format.PARQUET: lambda release, _: parquet(release),
    Format.XLSX: workbook,
    Format.SDMX_CSV: _sdmx_csv,
    Format.SDMX_ML: _sdmx_ml,
    Format.SDMX_STRUCTURE: _sdmx_structure,
    Format.SDG_CSV: _sdg_csv,
    Format.SDG_ML: _sdg_ml,
    Format.ILO_SSI: _ilo,
}
