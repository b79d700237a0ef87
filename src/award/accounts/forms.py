"""What is typed about accounts. A password is read as it was typed, so no struct holds one."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from award.accounts import passwords
from award.kit.errors import Refused
from award.web.forms import Email, Line, Text

Language = Literal["de", "en"]
StateCode = Annotated[str, Meta(max_length=2)]


class SignIn(msgspec.Struct):
    email: Email
    password: str


class Accepted(msgspec.Struct):
    """What a person says when using an invitation."""

    name: Line
    language: Language = "de"


class Asked(msgspec.Struct):
    """A link for a new password."""

    email: Email


class Given(msgspec.Struct):
    """The role of the house that a person gets."""

    role: Literal["auditor", "administrator"]


class Registration(msgspec.Struct):
    """A network that registers itself, and the person who does it."""

    network: Line
    name: Line
    email: Email
    state: StateCode = ""


class PersonRegistration(msgspec.Struct):
    """A person without a network, to propose one for example."""

    name: Line
    email: Email


class Profile(msgspec.Struct):
    name: Line
    language: Language
    theme: Literal["auto", "light", "dark"]


class NewToken(msgspec.Struct):
    """An access token: what it is for, and how many days it is good."""

    name: Line
    days: Literal[30, 90, 365]


class Invited(msgspec.Struct):
    """A colleague of a network."""

    name: Line
    email: Email
    access: Literal["write", "read"] = "write"
    language: Language = "de"


class Access(msgspec.Struct):
    """What a colleague may do from now on."""

    access: Literal["write", "read"]


class InvitedToRole(msgspec.Struct):
    name: Line
    email: Email
    role: Literal["auditor", "administrator"]
    language: Language = "de"


class NewNetwork(msgspec.Struct):
    """A network and its first member."""

    network: Line
    name: Line
    email: Email
    state: StateCode = ""
    language: Language = "de"


class Report(msgspec.Struct):
    """A barrier or a thought."""

    text: Text
    page: Annotated[str, Meta(max_length=500)] = ""
    email: Email | None = None


def check_password(password: str, email: str) -> None:
    """Raises Refused at the field when the new password is not good enough."""
    fault = passwords.fault(password, email)
    if fault:
        raise Refused("password", errors={"password": fault})
