"""A release in the formats that other people's programs read, made from its files alone.

`rendered(files, format)` gives the bytes, `write(files, format, path)` puts them into a file. `files`: the release's
own, name → bytes, as core.release_file has them.
"""

from transforms.release.exports.render import rendered, write
from transforms.release.formats import Format

__all__ = ["Format", "rendered", "write"]
