"""The `award` command. Each command imports what it needs when it runs, so `--help` is quick."""

from award.cli.demonstrating import demo
from award.cli.group import main
from award.cli.operating import check, create_admin, migrate, serve
from award.cli.ranking import rank

__all__ = ["check", "create_admin", "demo", "main", "migrate", "rank", "serve"]
