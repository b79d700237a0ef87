"""The fixtures must bark: each fault of a page fails the test that looked at it."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.watching import Watch

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:"
PAGES = {
    "/good": b"<!doctype html><html lang=en><link rel=icon href=data:,><title>Good</title>"
    b"<main><h1>Good</h1>",
    "/pale": b"<!doctype html><html lang=en><link rel=icon href=data:,><title>Pale</title>"
    b"<link rel=stylesheet href=pale.css><main><h1>Pale in the dark</h1>",
    "/pale.css": b"@media (prefers-color-scheme: dark) { body { background: #555; color: #666 } }",
    "/style": b"<link rel=icon href=data:,><p style='color: red'>Red",
    "/script": b"<link rel=icon href=data:,><script>1</script>",
    "/broken": b"<link rel=icon href=data:,><script src=broken.js></script>",
    "/broken.js": b"throw new Error('broken')",
    "/foreign": b"<link rel=icon href=data:,><img alt='' src=http://127.0.0.1:9/foreign.png>",
    "/picture": b"<link rel=icon href=data:,><img alt='' src=missing.png>",
}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, b"<link rel=icon href=data:,>Nothing here")
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", guess_type(self.path)[0] or "text/html")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        serving = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05))
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


@pytest.mark.parametrize(
    ("path", "complaints"),
    [
        ("/good", []),
        ("/not-there", []),
        ("/style", ["console"]),
        ("/script", ["console"]),
        ("/broken", ["script"]),
        ("/foreign", ["foreign request", "console"]),
        ("/picture", ["missing file"]),
    ],
)
def test_a_fault_is_heard(
    browser: Browser, base_url: str, path: str, complaints: list[str]
) -> None:
    with browser.new_context(base_url=base_url) as context:
        watch = Watch(context, base_url)
        context.new_page().goto(path, wait_until="networkidle")
    assert [fault.partition(": ")[0] for fault in watch.faults] == complaints


def test_axe_looks_in_the_dark_too(
    page_de: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page_de.goto("/good")
    assert_accessible(page_de)
    page_de.goto("/pale")
    with pytest.raises(AssertionError, match=r"(?s)^dark .*color-contrast"):
        assert_accessible(page_de)


def test_axe_refuses_a_page_without_javascript(
    page_plain: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page_plain.goto("/good")
    with pytest.raises(AssertionError, match="needs JavaScript"):
        assert_accessible(page_plain)
