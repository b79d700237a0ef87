"""`python -m award.cli`, for where the command is not on the path."""

from award.cli import main

main(prog_name="award")
