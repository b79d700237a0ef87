"""What the first pages show, and what surrounds every page."""

from award.home.queries.frame import Frame, frame
from award.home.queries.overview import overview
from award.home.queries.schema import schema
from award.home.queries.ways import ways

__all__ = ["Frame", "frame", "overview", "schema", "ways"]
