# Files as platforms write them, byte for byte: delimited text in its encodings, zip archives,
# and workbooks of both kinds (.xlsx, and .xls: BIFF8 records inside an OLE2 container).
#
# Standard library only. Same input, same bytes, on any machine; only the compression of zip
# archives may differ between versions of zlib, which is why `same` compares what is in them.

import io
import struct
import zipfile

# ---------------------------------------------------------------- delimited text


def cell(value, comma, quote_all):
    """One cell, quoted where the format asks for it."""
    text = "" if value is None else str(value)
    if quote_all or any(sign in text for sign in (comma, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def delimited(rows, comma=",", quote_all=False, end="\n"):
    """Rows of cells as text; a row that is a `str` is a line of its own, as it stands."""
    lines = []
    for row in rows:
        lines.append(row if isinstance(row, str) else comma.join(cell(v, comma, quote_all) for v in row))
    return end.join(lines) + end


def utf8(text, bom=False):
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8")


def utf16(text):
    return b"\xff\xfe" + text.encode("utf-16-le")


# ---------------------------------------------------------------- zip archives


def zipped(members):
    """A zip archive of `{name: bytes}`, all dated on the first day that zip knows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return buffer.getvalue()


def same(one, other):
    """Whether two files are the same; zip archives when their members are."""
    if one == other:
        return True
    if not (one.startswith(b"PK") and other.startswith(b"PK")):
        return False

    def members(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]

    try:
        return members(one) == members(other)
    except zipfile.BadZipFile:
        return False


# ---------------------------------------------------------------- .xlsx


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _column(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def xlsx(sheets):
    """A workbook of `{sheet name: rows}`. Texts are shared strings, numbers numbers, `None` no cell."""
    texts = {}
    parts = {}
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for number, rows in enumerate(sheets.values(), 1):
        body = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, value in enumerate(row):
                if value is None:
                    continue
                place = f"{_column(c)}{r}"
                if isinstance(value, str):
                    index = texts.setdefault(value, len(texts))
                    cells.append(f'<c r="{place}" t="s"><v>{index}</v></c>')
                else:
                    cells.append(f'<c r="{place}"><v>{value!r}</v></c>')
            body.append(f'<row r="{r}">{"".join(cells)}</row>')
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{head}<worksheet xmlns="{main}"><sheetData>{"".join(body)}</sheetData></worksheet>'
        )
    count = len(sheets)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    types = (
        f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{overrides}"
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
        "</Types>"
    )
    listed = "".join(
        f'<sheet name="{_escaped(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    strings = "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in texts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{head}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}">{links}<Relationship Id="rId{count + 1}" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        **parts,
        "xl/sharedStrings.xml": f'{head}<sst xmlns="{main}" uniqueCount="{len(texts)}">{strings}</sst>',
    }
    return zipped({name: text.encode("utf-8") for name, text in members.items()})


# ---------------------------------------------------------------- .xls

MAX_RECORD = 8224
SECTOR = 512
FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def _unicode(text, wide_length=True):
    """A BIFF8 string: length, flag, then one byte a character where that is enough, else two."""
    length = struct.pack("<H" if wide_length else "<B", len(text.encode("utf-16-le")) // 2)
    if all(ord(sign) < 256 for sign in text):
        return length + b"\x00" + text.encode("latin-1")
    return length + b"\x01" + text.encode("utf-16-le")


def _shared_strings(texts, total):
    """SST and its CONTINUE records, broken between two strings only."""
    chunks = [struct.pack("<II", total, len(texts))]
    for text in texts:
        item = _unicode(text)
        if len(chunks[-1]) + len(item) > MAX_RECORD:
            chunks.append(b"")
        chunks[-1] += item
    kinds = [0x00FC] + [0x003C] * (len(chunks) - 1)
    return b"".join(_record(kind, chunk) for kind, chunk in zip(kinds, chunks))


def _begin(kind):
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _workbook(sheets):
    """The `Workbook` stream: globals, then one substream a sheet."""
    texts, total, bodies = {}, 0, []
    for rows in sheets.values():
        width = max((len(row) for row in rows), default=0)
        body = [_begin(0x0010), _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    index = texts.setdefault(value, len(texts))
                    total += 1
                    body.append(_record(0x00FD, struct.pack("<HHHI", r, c, 15, index)))
                elif value is not None:
                    body.append(_record(0x0203, struct.pack("<HHHd", r, c, 15, float(value))))
        window = struct.pack("<HHHHHHHI", 0x06B6 if not bodies else 0x00B6, 0, 0, 64, 0, 0, 0, 0)
        body += [_record(0x023E, window), _record(0x000A)]
        bodies.append(b"".join(body))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _unicode("Arial", False)
    style = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    plain = struct.pack("<HHHBBBBIIH", 0, 0, 0x0001, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    before = [
        _begin(0x0005),
        _record(0x0042, struct.pack("<H", 1200)),
        _record(0x003D, struct.pack("<HHHHHHHHH", 0, 0, 16000, 9000, 0x38, 0, 0, 1, 600)),
        _record(0x0022, struct.pack("<H", 0)),
        *[_record(0x0031, font)] * 4,
        *[_record(0x00E0, style)] * 15,
        _record(0x00E0, plain),
        _record(0x0293, struct.pack("<HBB", 0x8000, 0, 0xFF)),
    ]
    after = [_shared_strings(texts, total), _record(0x000A)]
    names = [_unicode(name, False) for name in sheets]
    start = sum(map(len, before)) + sum(4 + 6 + len(name) for name in names) + sum(map(len, after))
    bound = []
    for name, body in zip(names, bodies):
        bound.append(_record(0x0085, struct.pack("<IH", start, 0) + name))
        start += len(body)
    return b"".join(before + bound + after + bodies)


def _entry(name, kind, child, start, size):
    """A directory entry of the container, 128 bytes."""
    written = name.encode("utf-16-le") + b"\x00\x00" if name else b""
    return (
        written.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
        + bytes(16 + 4 + 16)
        + struct.pack("<III", start, size, 0)
    )


def xls(sheets):
    """A workbook of `{sheet name: rows}` as Excel 97 wrote it."""
    stream = _workbook(sheets)
    # Streams below 4096 bytes would have to live in a container within the container.
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\x00")
    sectors = len(stream) // SECTOR
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    assert tables <= 109, "a longer list of tables is not needed here"
    fat = [FAT_SECTOR] * tables + [END_OF_CHAIN]
    first = len(fat)
    fat += [first + n + 1 for n in range(sectors - 1)] + [END_OF_CHAIN]
    fat += [FREE] * (tables * 128 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x003E, 0x0003, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
        + b"".join(struct.pack("<I", n if n < tables else FREE) for n in range(109))
    )
    directory = (
        _entry("Root Entry", 5, 1, END_OF_CHAIN, 0)
        + _entry("Workbook", 2, FREE, first, len(stream))
        + _entry("", 0, FREE, 0, 0) * 2
    )
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + stream
