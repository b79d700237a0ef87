"""A store that speaks as much of S3 as files need: put, get, head, delete and list.

It looks at the signature's content hash and takes the rest of it for right.
"""

import hashlib
import re
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-central-1"}
_PAGE = 2  # names of one answer to a list; a real store sends a thousand


class S3:
    """One bucket named `award`; `held` maps a key to its content and the time of its writing."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[bytes, float]] = {}
        self.is_down = False
        store = self

        class Handler(_Handler):
            s3 = store

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.environ = KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._server.server_port}"}

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    s3: S3

    def do_PUT(self) -> None:
        content = self._body()
        if hashlib.sha256(content).hexdigest() != self.headers["x-amz-content-sha256"]:
            self._answer(400)
            return
        self.s3.held[self._key()] = (content, time.time())
        self._answer(200)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._answer(200, self._listed(query["prefix"][0], query))
        elif self._key() in self.s3.held:
            self._answer(200, *self.s3.held[self._key()])
        else:
            self._answer(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        keys = re.findall(r"<Key>(.*?)</Key>", self._body().decode())
        for key in keys:
            self.s3.held.pop(key, None)
        rows = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._answer(200, f"<DeleteResult>{rows}</DeleteResult>".encode())

    def _listed(self, prefix: str, query: dict[str, list[str]]) -> bytes:
        after = query.get("continuation-token", [""])[0]
        keys = sorted(key for key in self.s3.held if key.startswith(prefix) and key > after)
        rows = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(self.s3.held[key][0])}</Size>"
            f"<LastModified>{_iso(self.s3.held[key][1])}</LastModified></Contents>"
            for key in keys[:_PAGE]
        )
        if len(keys) > _PAGE:
            rows += f"<NextContinuationToken>{keys[_PAGE - 1]}</NextContinuationToken>"
        return f"<ListBucketResult>{rows}</ListBucketResult>".encode()

    def _key(self) -> str:
        return urlsplit(self.path).path.removeprefix("/award/")

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _answer(self, status: int, body: bytes = b"", written_at: float | None = None) -> None:
        self.send_response(503 if self.s3.is_down else status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"etag"')
        self.send_header("Last-Modified", formatdate(written_at, usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library has it
        """Nothing: the tests look at the answers."""


def _iso(instant: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(instant))
