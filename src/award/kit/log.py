"""The log: one line of JSON for each event, in UTC, without what people wrote.

An error is told by its kind and the lines of the program that it came through. Its message may
hold what somebody typed, so only those are told whose words are the program's own.
"""

import sys
import traceback
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

_OWN_WORDS = (AssertionError, RuntimeError)


def set_up(stream: TextIO = sys.stderr) -> None:
    """Send all events of this process to a stream."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            told_error,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def told_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its chain of kinds and places."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["error"] = [_told(one) for one in _chain(error)]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what it came from."""
    chain, cause = [error], error.__cause__ or error.__context__
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    return chain


def _told(error: BaseException) -> dict[str, object]:
    kind = type(error)
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, object] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if kind in _OWN_WORDS:
        told["message"] = str(error)
    return told
