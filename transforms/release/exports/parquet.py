"""All figures of a release as one Parquet table."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.release.exports.release_files import ReleaseFiles


def parquet(release: ReleaseFiles) -> bytes:
    """The figures; what the columns mean stands in the metadata of its schema, and of which release they are."""
    table = pa.Table.from_pandas(release.figures, preserve_index=False)
    meanings = release.definitions.get("columns", {})
    fields = [
        field.with_metadata({"description": meanings[field.name]["en"]}) if field.name in meanings else field
        for field in table.schema
    ]
    about = {
        name: str(release.notes[name]) for name in ("release", "period", "version") if name in release.notes
    }
    content = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, (table.schema.metadata or {}) | about)), content)
    return content.getvalue()
