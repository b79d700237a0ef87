"""A document of ours as PDF: its data read in a transaction, set outside of it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from award.kit import pdf
from award.web.call import Call, Data
from award.web.files import download


class Document(msgspec.Struct, frozen=True):
    """What is to be set, the name it is saved under, and the instant it is of."""

    folder: Path
    template: str
    data: Mapping[str, Any]
    name: str
    at: datetime


def document(
    call: Call, template: str, data: Mapping[str, Any], name: str, at: datetime
) -> Document:
    """A document from one of the templates; `name` is its file's name without the ending."""
    return Document(call.site.settings.templates / "documents", template, data, name, at)


def typeset(wanted: Document) -> Data:
    """The answer, made as `Prepare.slow`; a handler gives it out after asking its policy."""
    content = pdf.typeset(wanted.folder, wanted.template, wanted.data, at=wanted.at)
    return download(content, "application/pdf", f"{wanted.name}.pdf")
