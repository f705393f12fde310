"""How much a file may hold. Beyond it is refused, each limit with a message of its own."""

MEGABYTE = 1_000_000

SIZE = 300 * MEGABYTE
"""Bytes as received."""

UNPACKED = 1_000 * MEGABYTE
"""Bytes after decompression."""

RATIO = 200
"""Times its size that a compressed file may unpack to (a month of returns compresses 15 to 60 times)."""

RATIO_APPLIES_FROM = 10 * MEGABYTE
"""Unpacked bytes below which the ratio does not matter: a small file of zeros compresses a thousandfold."""

ROWS = 5_000_000
COLUMNS = 200
