"""Files as people and attackers send them; built here, so that none has to be kept."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from award.kit.media import Fault

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **how)  # type: ignore[arg-type]
    return written.getvalue()


def pdf(pages: int = 1, catalog: str = "", page: str = "", more: tuple[str, ...] = ()) -> bytes:
    """A plain PDF with its cross-reference table; `more` objects are numbered from 3 + pages."""
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        *(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]{page}>>" for _ in range(pages)),
        *more,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + head.encode() + tail.encode()


def packed_pdf() -> bytes:
    """A PDF 1.5 whose catalogue, with a program in it, stands in a compressed stream."""
    catalog = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x\\(\\))>>>>"
    pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"
    head = f"1 0 2 {len(catalog) + 1} 3 {len(catalog) + len(pages) + 2} "
    packed = zlib.compress(f"{head}{catalog} {pages} {page}".encode())
    body = b"%PDF-1.5\n"
    first = len(body)
    body += f"4 0 obj\n<</Type/ObjStm/N 3/First {len(head)}/Length {len(packed)}".encode()
    body += b"/Filter/FlateDecode>>stream\n" + packed + b"\nendstream\nendobj\n"
    places = [b"\0\0\0\0", *(bytes((2, 0, 4, n)) for n in range(3))]
    places.append(bytes((1,)) + first.to_bytes(2, "big") + b"\0")
    places.append(bytes((1,)) + len(body).to_bytes(2, "big") + b"\0")
    table = b"".join(places)
    xref = f"5 0 obj\n<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length {len(table)}>>stream\n"
    tail = f"\nendstream\nendobj\nstartxref\n{len(body)}\n%%EOF\n"
    return body + xref.encode() + table + tail.encode()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int) -> bytes:
    """A small file that claims to be a large image."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def _zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("../../evil.sh", "echo")
    return written.getvalue()


_SCRIPT = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
_NAMED_SCRIPT = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>"
_FILES = "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>]>>>>"
_XFA = "/AcroForm<</XFA 4 0 R/Fields[]>>"

# What nobody should be able to hand in, by its name, and why it is not taken.
HOSTILE: dict[str, tuple[Callable[[], bytes], Fault]] = {
    "nothing": (lambda: b"", Fault.EMPTY),
    "a text": (lambda: b"Guten Tag", Fault.KIND),
    "a web page": (lambda: b"<!doctype html><script>alert(1)</script>", Fault.KIND),
    "an SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', Fault.KIND),
    "an XML bomb": (lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', Fault.KIND),
    "a program for Windows": (lambda: b"MZ\x90\x00" + bytes(200), Fault.KIND),
    "a program for Linux": (lambda: b"\x7fELF" + bytes(200), Fault.KIND),
    "a script": (lambda: b"#!/bin/sh\nrm -rf /", Fault.KIND),
    "an archive": (_zipped, Fault.KIND),
    "a GIF": (lambda: picture("GIF"), Fault.KIND),
    "a TIFF": (lambda: picture("TIFF"), Fault.KIND),
    "a BMP": (lambda: picture("BMP"), Fault.KIND),
    "an old Office document": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        Fault.KIND,
    ),
    "a WAV that begins like WebP": (lambda: b"RIFF\x24\x00\x00\x00WAVEfmt ", Fault.KIND),
    "a PDF after a web page": (lambda: b"<html>" + pdf(), Fault.KIND),
    "the signature of a PNG alone": (lambda: b"\x89PNG\r\n\x1a\n", Fault.BROKEN),
    "a PNG cut off": (lambda: picture(size=(400, 400), compress_level=0)[:2000], Fault.BROKEN),
    "a PNG with a broken part": (
        lambda: picture().replace(b"IDAT", b"IDAX"),
        Fault.BROKEN,
    ),
    "a JPEG cut off": (lambda: picture("JPEG", (900, 900))[:400], Fault.BROKEN),
    "a JPEG of noise": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, Fault.BROKEN),
    "a PNG that claims 60,000 × 60,000": (lambda: png_bomb(60_000, 60_000), Fault.PIXELS),
    "a JPEG of 51 million pixels": (lambda: picture("JPEG", (10_200, 5_000)), Fault.PIXELS),
    "the signature of a PDF alone": (lambda: b"%PDF-1.7\n", Fault.BROKEN),
    "a PDF of noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, Fault.BROKEN),
    "a PDF without pages": (lambda: pdf(0), Fault.BROKEN),
    "a PDF of 201 pages": (lambda: pdf(201), Fault.PAGES),
    "a PDF that is an archive too": (lambda: pdf() + _zipped(), Fault.TRAILING),
    "a PDF with a program": (lambda: pdf(catalog=_NAMED_SCRIPT), Fault.ACTIVE),
    "a PDF with a file in it": (
        lambda: pdf(catalog=_FILES, more=("<</Length 2>>stream\nMZ\nendstream",)),
        Fault.ACTIVE,
    ),
    "a PDF that runs a program when opened": (lambda: pdf(catalog=_SCRIPT), Fault.ACTIVE),
    "a PDF that starts another program": (
        lambda: pdf(page="/AA<</O<</S/L#61unch/F(a.exe)>>>>"),
        Fault.ACTIVE,
    ),
    "a PDF whose program is packed away": (packed_pdf, Fault.ACTIVE),
    "a PDF with an XFA form": (
        lambda: pdf(catalog=_XFA, more=("<</Length 6>>stream\n<xdp/>\nendstream",)),
        Fault.ACTIVE,
    ),
}
