"""The command's frame: its help, its exit statuses, and settings or a sentence about them."""

from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from award.settings import Settings

OK, FINDING, BAD_INPUT = 0, 1, 2
_USUAL_URL = "http://127.0.0.1:8000"

DATABASE = click.option(
    "--database",
    metavar="URL",
    help="An SQLite file, or postgresql://user:password@host/name. "
    "Else AWARD_DATABASE, else var/award.db.",
)
HOST = click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    show_default=True,
    help="The address to listen on; 0.0.0.0 for all of this machine.",
)
PORT = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, metavar="NUMBER"
)


class Failed(click.ClickException):
    """A sentence that says what is wrong and what to do; exit status 2."""

    exit_code = BAD_INPUT

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), err=True, file=file)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="award")
def main() -> None:
    """Nominations, jury and results of an award, from the call to the winners.

    \b
    To look around:      award demo
    To run an award:     award migrate
                         award create-admin you@your-organisation.example
                         award serve

    Settings come from variables such as AWARD_DATABASE and AWARD_PUBLIC_URL; docs/operate.md
    lists them. Exit status: 0 all is well, 1 something was found, 2 this cannot be done.
    """  # noqa: D301 - click reads the character, not the two letters


def load_settings(*, port: int | None = None, **given: Any) -> "Settings":
    """The settings, or a sentence about the one that is wrong.

    With `port`, links lead to it unless AWARD_PUBLIC_URL names another address.
    """
    import msgspec

    from award.settings import BadSetting, load

    try:
        settings = load(**given)
    except BadSetting as error:
        raise Failed(str(error)) from error
    if port is not None and settings.public_url == _USUAL_URL:
        return msgspec.structs.replace(settings, public_url=f"http://127.0.0.1:{port}")
    return settings
