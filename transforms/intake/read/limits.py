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

FAULTS = 100_000
"""Faults of reading that are listed: rows with more or fewer cells than the header, codes that no mapping has."""

SHEETS = 100

CELLS = 20_000_000
"""Cells between the first and the last of a workbook's sheets: room is made for all, whatever they hold."""

SPARSE = 1_000_000
"""Such cells below which it does not matter how few of them hold anything."""

MEMORY = 2_000 * MEGABYTE
"""Bytes of memory that reading may take, and bytes that it may leave."""

CPU_SECONDS = 5
"""Processor time for any file …"""

BYTES_A_CPU_SECOND = MEGABYTE // 4
"""… and so many bytes of it for each second more: a workbook of a megabyte takes about one."""

MOST_CPU_SECONDS = 90

WALL_FACTOR = 3
"""Times the processor time that a file may take by the clock, on a busy machine."""
