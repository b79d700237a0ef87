"""Files in a bucket of an S3-compatible store; it needs the extra `s3`.

Key, secret, region and endpoint are read by the library itself, from the usual AWS_ variables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import S3Store

from award.kit.files import Files

if TYPE_CHECKING:  # not there at run time
    from obstore.store import ClientConfig, RetryConfig

# The writer may wait for a question whether a file is there, so the store is not asked for long.
# Without TLS it is spoken to where the operator's endpoint begins with http:// and only there.
_CLIENT: "ClientConfig" = {"connect_timeout": "3s", "timeout": "15s", "allow_http": True}
_RETRY: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}


class Bucket(Files):
    """A bucket, or what begins with a prefix in it."""

    def __init__(self, url: str) -> None:
        self._store = S3Store.from_url(url, client_options=_CLIENT, retry_config=_RETRY)

    def _write(self, name: str, content: bytes) -> None:
        with _told():
            self._store.put(name, content, use_multipart=False)

    def _read(self, name: str) -> bytes:
        with _told():
            return bytes(self._store.get(name).bytes())

    def _has(self, name: str) -> bool:
        try:
            with _told():
                self._store.head(name)
        except FileNotFoundError:
            return False
        return True

    def _remove(self, name: str) -> None:
        with _told():
            self._store.delete(name)

    def _listed(self) -> Iterator[tuple[str, float]]:
        with _told():
            for batch in self._store.list():
                for one in batch:
                    yield one["path"], one["last_modified"].timestamp()


@contextmanager
def _told() -> Iterator[None]:
    """Turn the errors of the library into those that a folder would raise.

    That a file is not there it says itself by FileNotFoundError.
    """
    try:
        yield
    except BaseError as error:
        raise OSError(str(error)) from error
