"""The other process of `media`: reads a file from its input and writes what it found.

It imports nothing of the award and holds no connection; the first thing it does is to give up
memory and time. Its output is a line of JSON {"size", "pages"} or {"fault"}, the image written
anew (`size` bytes, none for a PDF) and the preview.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what reads the file is loaded after memory and time are given up
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

_MEMORY = 1_500_000_000
_SECONDS = 15
_PIXELS = 50_000_000
_PAGES = 200
_PREVIEW = 640
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|XFA)\b")
_AFTER_THE_END = b"\x00\t\r\n \x1a"


class _Fault(Exception):
    """Why the file is not taken, in the words of `media.Fault`."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read()
    read = _pdf if sys.argv[1] == "application/pdf" else _image
    try:
        found, written, preview = read(content)
    except _Fault as fault:
        found, written, preview = {"fault": str(fault)}, b"", b""
    sys.stdout.buffer.write(json.dumps({**found, "size": len(written)}).encode() + b"\n")
    sys.stdout.buffer.write(written + preview)


def _image(content: bytes) -> tuple[dict[str, object], bytes, bytes]:
    kind = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}[sys.argv[1]]
    plain = _plain(_decoded(content, kind), keeps_alpha=kind != "JPEG")
    written = io.BytesIO()
    plain.save(written, kind, quality=90)
    return {}, written.getvalue(), _preview(plain)


def _decoded(content: bytes, kind: str) -> Image:
    """The image, turned upright."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the size is asked before anything is decoded
    try:
        image = Image.open(io.BytesIO(content), formats=[kind])
        is_too_large = image.width * image.height > _PIXELS
        upright = None if is_too_large else ImageOps.exif_transpose(image)
    except MemoryError as error:
        raise _Fault("hard") from error
    except Exception as error:  # Pillow raises all kinds
        raise _Fault("broken") from error
    if upright is None:
        raise _Fault("pixels")
    return upright


def _plain(image: Image, *, keeps_alpha: bool) -> Image:
    """Its pixels in the colours of the web, and nothing else that came with them."""
    from PIL import ImageCms

    has_alpha = "A" in image.getbands() or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, own, web, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that cannot be read: the colours stay as they are
    plain = image.convert("RGBA" if has_alpha and keeps_alpha else "RGB")
    plain.info = {}
    return plain


def _pdf(content: bytes) -> tuple[dict[str, object], bytes, bytes]:
    import pypdfium2

    end = content.rfind(b"%%EOF")
    if end >= 0 and content[end + 5 :].strip(_AFTER_THE_END):
        raise _Fault("trailing")
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
        is_active = bool(_ACTIVE.search(_spelled_out(document)))
        page = document[0] if pages else None
    except pypdfium2.PdfiumError as error:
        raise _Fault("locked" if "password" in str(error).lower() else "broken") from error
    if page is None or pages > _PAGES:
        raise _Fault("pages" if pages else "broken")
    if is_active:
        raise _Fault("active")
    scale = min(2.0, _PREVIEW / max(page.get_width(), page.get_height(), 1.0))
    return {"pages": pages}, b"", _preview(page.render(scale=scale).to_pil())


def _spelled_out(document: PdfDocument) -> bytes:
    """The document written anew: no object hides in a packed stream, no name behind #-signs."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _preview(image: Image) -> bytes:
    from PIL import Image

    small = Image.new("RGB", image.size, "white")
    small.paste(image, mask=image.getchannel("A") if "A" in image.getbands() else None)
    small.thumbnail((_PREVIEW, _PREVIEW))
    drawn = io.BytesIO()
    small.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


if __name__ == "__main__":
    main()
