"""Files made to hurt whoever reads them, each from a few lines: name → its bytes, made when they are asked for.

Beside each stands what it must come to: the code of the reason why it cannot be read, or the outcome of its verdict.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sala.settings import REPOSITORY

COLUMNS = ("period", "area_code", "scheme", "sex", "age_group", "beneficiaries")
ROW = ("2026-10", "010101", "cash", "F", "Y0T17", "5")
HEADER = ",".join(COLUMNS).encode() + b"\n"
LINE = ",".join(ROW).encode() + b"\n"
MEGABYTE = 1_000_000

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@dataclass(frozen=True)
class Hostile:
    """A file, and what reading it must come to; `accepted` where its rows are good."""

    make: Callable[[], bytes]
    outcomes: frozenset[str]


FILES: dict[str, Hostile] = {}


def hostile(*outcomes: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Lists a generator under its name."""

    def listed(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[make.__name__] = Hostile(make, frozenset(outcomes))
        return make

    return listed


def packed(parts: dict[str, str | bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return archive.getvalue()


def cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, texts: Iterable[str], more: str = "") -> str:
    cells = "".join(cell(f"{'ABCDEF'[place]}{number}", text) for place, text in enumerate(texts))
    return f'<row r="{number}">{cells}{more}</row>'


TABLE = row(1, COLUMNS) + row(2, ROW)


def xlsx(
    rows: str = TABLE,
    before: str = "",
    after: str = "",
    prolog: str = "",
    strings: str = "",
    sheets: Iterable[str] = ("a",),
    book: str = "",
    styles: str = "",
    part: str = "worksheets/s.xml",
) -> bytes:
    """A workbook, every sheet of which has the same part."""
    names = list(sheets)
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r1"/>' for n, name in enumerate(names, 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{book}<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="{part}"/>'
        f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/s.xml": f'{prolog}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return packed(parts)


DATE_STYLE = '<cellXfs count="1"><xf numFmtId="14"/></cellXfs>'


@hostile("accepted")
def blank_in_the_last_cell() -> bytes:
    return xlsx(TABLE + f'<row r="1048576">{cell("XFD1048576", " ")}</row>')


@hostile("accepted")
def shared_blank_in_the_last_cell() -> bytes:
    blank = '<row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>'
    return xlsx(TABLE + blank, strings=f'<sst xmlns="{MAIN}"><si><t>x</t></si><si><t> </t></si></sst>')


@hostile("too_many_cells")
def text_in_the_last_cell() -> bytes:
    return xlsx(TABLE + f'<row r="1048576">{cell("XFD1048576", "x")}</row>')


@hostile("too_many_cells")
def table_in_the_last_corner() -> bytes:
    return xlsx(f'<row r="1048576">{cell("XFD1048576", "period")}</row>')


@hostile("broken_workbook")
def address_beyond_all_columns() -> bytes:
    return xlsx(TABLE + f'<row r="3">{cell("ZZZZZZZZZZ1", "x")}</row>')


@hostile("broken_workbook")
def address_beyond_all_rows() -> bytes:
    return xlsx(TABLE + f'<row r="3">{cell("A99999999999999999999", "x")}</row>')


@hostile("broken_workbook")
def address_without_a_row() -> bytes:
    return xlsx(TABLE + f'<row r="3">{cell("A", "x")}</row>')


@hostile("broken_workbook")
def row_zero() -> bytes:
    return xlsx(TABLE + f'<row r="0">{cell("A0", "x")}</row>')


@hostile("accepted", "broken_workbook")
def dimension_beyond_all() -> bytes:
    return xlsx(before='<dimension ref="A1:XFD1048576"/>')


@hostile("accepted", "broken_workbook")
def dimension_of_nonsense() -> bytes:
    return xlsx(before='<dimension ref="A0:ZZZZZZZZZ99999999999999"/>')


@hostile("reader_failed", "partial", "rejected")
def date_before_all_time() -> bytes:
    date = '<c r="F2" s="0"><v>-1000000000000000</v></c>'
    return xlsx(row(1, COLUMNS) + row(2, ROW[:5], date), styles=DATE_STYLE)


@hostile("rejected")
def date_after_all_time() -> bytes:
    date = '<c r="F2" s="0"><v>1e308</v></c>'
    return xlsx(row(1, COLUMNS) + row(2, ROW[:5], date), styles=DATE_STYLE)


@hostile("reader_failed", "rejected", "broken_workbook")
def date_that_is_no_number() -> bytes:
    date = '<c r="F2" s="0"><v>NaN</v></c>'
    return xlsx(row(1, COLUMNS) + row(2, ROW[:5], date), styles=DATE_STYLE)


@hostile("broken_workbook")
def cells_that_never_end() -> bytes:
    return xlsx(TABLE + '<row r="3">' + '<c r="A3" t="e" ' * 40_000)


@hostile("accepted", "broken_workbook", "rejected", "partial")
def formulas_in_formulas() -> bytes:
    return xlsx(TABLE + '<row r="3"><c r="A3">' + "<f>" * 50_000 + "</f>" * 50_000 + "</c></row>")


@hostile("partial", "rejected")
def cell_of_many_letters() -> bytes:
    return xlsx(TABLE + row(3, (ROW[0], "1" * 100_000, *ROW[2:])))


@hostile("partial", "too_compressed", "too_demanding")
def cell_of_many_million_letters() -> bytes:
    return xlsx(TABLE + row(3, (ROW[0], "12" * 4 * MEGABYTE, *ROW[2:])))


@hostile("too_demanding", "too_many_cells", "reader_failed", "partial")
def one_long_text_shared_by_many_cells() -> bytes:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    shared = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 200_000))
    return xlsx(TABLE + shared, strings=strings)


@hostile("reader_failed")
def shared_texts_without_number() -> bytes:
    return xlsx(strings=f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="18446744073709551615"/>')


@hostile("broken_workbook", "rejected", "partial", "accepted")
def shared_text_that_is_not_there() -> bytes:
    missing = '<c r="B3" t="s"><v>4294967296</v></c><c r="C3" t="s"><v>-1</v></c>'
    return xlsx(TABLE + f'<row r="3">{missing}</row>', strings=f'<sst xmlns="{MAIN}"/>')


@hostile("broken_workbook")
def entities_in_a_sheet() -> bytes:
    return xlsx(TABLE + row(3, ("&i;",)), prolog=LAUGHS)


@hostile("broken_workbook", "accepted", "rejected", "partial")
def entities_in_the_texts() -> bytes:
    return xlsx(
        TABLE + '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
        strings=f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>',
    )


@hostile("broken_workbook")
def entities_in_the_list_of_sheets() -> bytes:
    return xlsx(book=LAUGHS)


@hostile("broken_workbook", "accepted")
def elements_within_elements() -> bytes:
    return xlsx(after="<a>" * 500_000 + "</a>" * 500_000)


@hostile("merged_header")
def merged_over_the_whole_sheet() -> bytes:
    return xlsx(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')


@hostile("accepted")
def merged_a_hundred_thousand_times() -> bytes:
    merged = "".join(f'<mergeCell ref="H{n}:I{n}"/>' for n in range(10, 100_000))
    return xlsx(after=f"<mergeCells>{merged}</mergeCells>")


@hostile("too_many_sheets")
def one_sheet_under_a_thousand_names() -> bytes:
    many = row(1, COLUMNS) + "".join(row(n, ROW) for n in range(2, 5_000))
    return xlsx(many, sheets=[f"s{n}" for n in range(1_000)])


@hostile("too_many_sheets")
def ten_thousand_empty_sheets() -> bytes:
    return xlsx("", sheets=[f"s{n}" for n in range(10_000)])


@hostile("too_many_cells")
def one_wide_sheet_under_many_names() -> bytes:
    return xlsx(TABLE + row(150_000, ROW), sheets=[f"s{n}" for n in range(99)])


@hostile("too_many_columns", "too_many_cells")
def sheet_of_two_hundred_columns_and_more() -> bytes:
    letters = [a + b for a in ("", *"ABCDEFGHIJ") for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{x}{n}"><v>{n}</v></c>' for x in letters) + "</row>"
        for n in range(1, 2_000)
    )
    return xlsx(rows)


@hostile("too_demanding", "too_compressed", "broken_workbook")
def sheet_of_blanks_that_unpacks() -> bytes:
    return xlsx(before=" " * 300 * MEGABYTE)


@hostile("too_demanding", "broken_workbook", "broken_archive", "accepted", "too_compressed")
def sheet_that_lies_about_its_size() -> bytes:
    raw = bytearray(xlsx(before=" " * 100 * MEGABYTE))
    entry = raw.rindex(b"PK\1\2", 0, raw.rindex(b"xl/worksheets/s.xml"))
    raw[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(raw)


@hostile("broken_workbook", "empty_file")
def sheet_in_an_encoding_that_nobody_knows() -> bytes:
    return xlsx(prolog='<?xml version="1.0" encoding="x-nobody"?>')


@hostile("broken_workbook")
def sheet_that_lies_elsewhere() -> bytes:
    return xlsx(part="../../../../../../etc/passwd")


@hostile("several_files")
def archive_of_one_file_under_many_names() -> bytes:
    raw = packed({"a\n\x1b[31m.csv": HEADER + LINE})
    entry, end = raw.rindex(b"PK\1\2"), raw.rindex(b"PK\5\6")
    many = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 50_000, 50_000, 50_000 * (end - entry), entry, 0)
    return raw[:entry] + raw[entry:end] * 50_000 + many


@hostile("broken_archive", "too_nested", "several_files")
def archive_of_many_names() -> bytes:
    return packed({f"{n}.csv": b"" for n in range(60_000)})


@hostile("too_nested")
def archives_in_archives() -> bytes:
    raw = HEADER + LINE
    for _ in range(20):
        raw = packed({"a.zip": raw})
    return raw


@hostile("too_compressed")
def zip_bomb() -> bytes:
    return packed({"a.csv": HEADER + b"0" * 300 * MEGABYTE})


@hostile("too_compressed")
def gzip_bomb() -> bytes:
    return gzip.compress(HEADER + b"0" * 300 * MEGABYTE, 1)


@hostile("too_compressed", "broken_archive", "empty_file")
def gzip_of_many_members() -> bytes:
    return gzip.compress(b"") * 200_000


@hostile("too_nested")
def gzip_in_gzip() -> bytes:
    raw = HEADER + LINE
    for _ in range(20):
        raw = gzip.compress(raw)
    return raw


def ods(content: str, prolog: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{office}:manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</m:manifest>",
            "content.xml": f'{prolog}<office:document-content xmlns:office="{office}:office:1.0" '
            f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="a">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(texts: Iterable[str], repeated: str = "", cells: str = "") -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string" {cells}><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {repeated}>{inside}</table:table-row>"


@hostile("too_demanding", "broken_workbook", "too_many_cells", "too_many_rows", "too_many_columns")
def ods_of_a_thousand_million_cells() -> bytes:
    far = ods_row(["x"], 'table:number-rows-repeated="1048570"', 'table:number-columns-repeated="16384"')
    return ods(ods_row(COLUMNS) + ods_row(ROW) + far)


@hostile("too_demanding", "broken_workbook", "too_many_cells", "accepted")
def ods_repeated_beyond_all_numbers() -> bytes:
    far = ods_row(["x"], f'table:number-rows-repeated="{2**63}"', f'table:number-columns-repeated="{2**40}"')
    return ods(ods_row(COLUMNS) + ods_row(ROW) + far)


@hostile("accepted", "broken_workbook")
def ods_with_a_blank_in_the_last_cell() -> bytes:
    empty = (
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    last = '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
    last += (
        '<table:table-cell office:value-type="string"><text:p> </text:p></table:table-cell></table:table-row>'
    )
    return ods(ods_row(COLUMNS) + ods_row(ROW) + empty + last)


@hostile("broken_workbook")
def ods_repeated_less_than_never() -> bytes:
    return ods(ods_row(COLUMNS) + ods_row(["x"], 'table:number-rows-repeated="-1"'))


@hostile("too_demanding", "partial", "rejected")
def ods_of_two_thousand_million_blanks() -> bytes:
    return ods(ods_row(COLUMNS) + ods_row(ROW) + ods_row(['<text:s text:c="2000000000"/>']))


@hostile("broken_workbook", "accepted", "partial", "rejected")
def ods_with_entities() -> bytes:
    return ods(ods_row(COLUMNS) + ods_row(ROW) + ods_row(["&i;"]), prolog=LAUGHS)


@hostile("broken_workbook", "too_demanding")
def old_workbook_whose_sectors_run_in_a_circle() -> bytes:
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 1, 1, 1, 1, 1) + struct.pack("<I", 0) * 109
    return head + struct.pack("<I", 0) * 128 + struct.pack("<I", 1) * 128


@hostile("broken_workbook")
def old_workbook_of_ones() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 100_000


@hostile("locked")
def encryption_that_is_no_xml() -> bytes:
    raw = (REPOSITORY / "tests" / "corpus" / "workbook_read_only.xlsx").read_bytes()
    return raw.replace(b"<keyEncryptors", b"<<eyEncryptors")


@hostile("too_large")
def more_than_may_be_sent() -> bytes:
    return HEADER + b"0" * 301 * MEGABYTE


@hostile("partial", "rejected", "too_demanding")
def one_line_of_250_megabytes() -> bytes:
    return HEADER + LINE + b"1" * 250 * MEGABYTE


@hostile("unknown_columns", "too_demanding")
def one_line_and_nothing_else() -> bytes:
    return b"1" * 50 * MEGABYTE


@hostile("partial", "rejected", "too_demanding", "unclosed_quote")
def quotation_mark_left_open_for_long() -> bytes:
    return HEADER + LINE + b'"' + LINE * 2_000_000


@hostile("unknown_columns", "too_many_columns", "unclosed_quote")
def nothing_but_quotation_marks() -> bytes:
    return b'"' * 20 * MEGABYTE


@hostile("too_many_columns")
def header_of_a_million_columns() -> bytes:
    return b",".join([*map(str.encode, COLUMNS), *(b"c%d" % n for n in range(1_000_000))]) + b"\n" + LINE


@hostile("missing_columns", "too_many_columns")
def header_of_nothing_but_commas() -> bytes:
    return b"," * 10 * MEGABYTE + b"\n"


@hostile("partial")
def rows_of_a_million_cells() -> bytes:
    return HEADER + LINE + (b"1," * MEGABYTE + b"\n") * 20


@hostile("ragged_rows")
def more_rows_than_are_read() -> bytes:
    return HEADER + LINE + b"1\n" * 5_100_000


@hostile("accepted", "too_many_rows")
def nothing_but_line_ends() -> bytes:
    return HEADER + LINE + b"\n" * 20 * MEGABYTE


@hostile("ragged_rows")
def every_row_too_short() -> bytes:
    return HEADER + b"1,2\n" * 1_500_000


@hostile("too_many_problems")
def every_cell_wrong_and_unlike() -> bytes:
    return HEADER + b"".join(b"a%d,b%d,c%d,d%d,e%d,f%d\n" % ((n,) * 6) for n in range(110_000))


@hostile("not_a_table")
def zeros_between_letters() -> bytes:
    return HEADER + LINE + b"2026-10,\0\0\0,cash,F,Y0T17,5\n"


@hostile("rejected", "partial")
def number_of_many_digits() -> bytes:
    return HEADER + LINE.replace(b",5\n", b"," + b"9" * 30_000 + b"\n") * 200


@hostile("rejected", "partial")
def codes_of_many_letters() -> bytes:
    return HEADER + b"".join(
        LINE.replace(b"010101", b"%d" % n + b"1" * 30_000).replace(b"cash", b"%d" % n + b"c" * 30_000)
        for n in range(200)
    )


@hostile("rejected", "partial")
def words_that_are_nearly_codes() -> bytes:
    return HEADER + b"".join(LINE.replace(b"cash", b"cas%d" % n) for n in range(30_000))


@hostile("rejected", "partial")
def periods_of_many_letters() -> bytes:
    return HEADER + b"".join(LINE.replace(b"2026-10", b"%d" % n + b"January 1" * 3_000) for n in range(200))


@hostile("broken_exchange", "no_mapping")
def json_without_bottom() -> bytes:
    return b'{"dataValues":' + b"[" * 5_000_000


@hostile("too_many_problems")
def json_that_unpacks() -> bytes:
    values = b"".join(
        b'{"dataElement":"PENSION","period":"202610","orgUnit":"O","value":"%d"},' % n for n in range(1000)
    )
    return gzip.compress(b'{"dataValues":[' + values[:-1] + (b"," + values[:-1]) * 500 + b"]}", 6)


@hostile("broken_exchange", "no_mapping")
def json_of_a_number_of_many_digits() -> bytes:
    return b'{"dataValues":[{"dataElement":"x","value":' + b"9" * 10 * MEGABYTE + b"}]}"


@hostile("unmapped", "rejected", "partial")
def json_with_half_a_letter() -> bytes:
    return json.dumps(
        {
            "dataValues": [
                {"dataElement": "\ud800", "period": "\udfff", "orgUnit": "\ud800", "value": "\ud800"}
            ]
        }
    ).encode()


@hostile("broken_exchange")
def json_of_values_that_are_none() -> bytes:
    return b'{"dataValues":[null,1,"x",[],{}]}'


@hostile("broken_exchange")
def json_of_a_value_that_is_no_list() -> bytes:
    return b'{"dataValues":{"a":1}}'


@hostile("rejected")
def json_of_one_name_a_hundred_thousand_times() -> bytes:
    one = '{"dataElement":"x","period":"202610","orgUnit":"O","value":1e999999999}'
    many = '"dataValues":[],' * 100_000
    return f'{{{many}"dataValues":[{one}]}}'.encode()


def adx(content: str, prolog: str = "") -> bytes:
    return f'{prolog}<adx xmlns="urn:ihe:qrph:adx:2015">{content}</adx>'.encode()


@hostile("broken_exchange", "unmapped", "no_mapping", "too_demanding")
def adx_of_groups_in_groups() -> bytes:
    value = '<dataValue dataElement="x" value="1"/>'
    return adx(('<group orgUnit="a" period="2026-10-01/P1M">' + value) * 300_000 + "</group>" * 300_000)


@hostile("broken_exchange", "no_mapping")
def adx_with_entities() -> bytes:
    return adx('<group orgUnit="&i;"/>', prolog=LAUGHS)


@hostile("broken_exchange", "no_mapping", "unmapped", "too_many_problems")
def adx_of_many_attributes() -> bytes:
    return adx("<group " + " ".join(f'a{n}="x"' for n in range(200_000)) + '><dataValue value="1"/></group>')


@hostile("broken_exchange")
def adx_that_asks_for_a_file() -> bytes:
    asks = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]>'
    )
    return adx('<group orgUnit="&x;"/>', prolog=asks)


@hostile("no_rows")
def adx_in_an_encoding_that_nobody_knows() -> bytes:
    return adx("", prolog=f'<?xml version="1.0" encoding="{"x" * 1_000}"?>')
