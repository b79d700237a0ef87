"""What an uploaded file is, by its content alone; the reader is another process."""

import io

import pytest
from PIL import Image

from award.kit import media
from award.kit.media import Fault, Unfit, examine
from tests.kit.uploads import HOSTILE, pdf, picture

ALL = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_taken(name: str) -> None:
    made, fault = HOSTILE[name]
    with pytest.raises(Unfit) as refused:
        examine(made(), ALL)
    assert refused.value.fault == fault


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_is_written_anew_and_previewed(kind: str) -> None:
    found = examine(picture(kind, (1200, 800)), ALL)
    assert found.media_type == f"image/{kind.lower()}"
    assert Image.open(io.BytesIO(found.content)).size == (1200, 800)
    assert Image.open(io.BytesIO(found.preview)).size == (640, 427)


def test_what_a_camera_adds_is_left_out_and_the_image_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x013B] = "Nora Muster"
    found = examine(picture("JPEG", (60, 40), exif=exif.tobytes(), comment=b"geheim"), ALL)
    image = Image.open(io.BytesIO(found.content))
    assert image.size == (40, 60)
    assert not image.getexif()
    assert b"Nora Muster" not in found.content
    assert b"geheim" not in found.content


def test_something_hidden_behind_an_image_does_not_stay() -> None:
    found = examine(picture() + b"PK\x03\x04<script>", ALL)
    assert b"<script>" not in found.content


def test_a_pdf_stays_as_it_is() -> None:
    content = pdf(3)
    found = examine(content, ALL)
    assert (found.content, found.pages) == (content, 3)
    assert Image.open(io.BytesIO(found.preview)).size == (480, 640)


def test_a_kind_that_the_form_does_not_take_is_refused() -> None:
    with pytest.raises(Unfit) as refused:
        examine(picture("WEBP"), ALL - {"image/webp"})
    assert refused.value.fault == Fault.KIND


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "_SECONDS", 0.001)
    with pytest.raises(Unfit) as refused:
        examine(pdf(), ALL)
    assert refused.value.fault == Fault.HARD
