"""The `award` command. Imports wait until they are used, so that `--help` is quick."""

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from award.settings import Settings

OK, FINDING, BAD_INPUT = 0, 1, 2


class Failed(click.ClickException):
    """A sentence that says what is wrong and what to do; exit status 2."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:
        click.echo(self.format_message(), err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="award")
def main() -> None:
    """Nominations, jury and results of an award, from the call to the winners."""


def load_settings(**given: Any) -> "Settings":
    """The settings, or a sentence about the one that is wrong."""
    from award.settings import BadSetting, load

    try:
        return load(**given)
    except BadSetting as error:
        raise Failed(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
