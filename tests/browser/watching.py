"""Hears everything that a page complains about: scripts, content policy, foreign requests."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# A status the page was meant to answer with is no complaint; of files _response() knows more.
_STATUS = "Failed to load resource: the server responded with a status of"
_CUT = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"  # a test took the net away
_ASKED_BY_SCRIPT = {"fetch", "xhr"}


class Watch:
    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.faults: list[str] = []
        self._base_url = base_url
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith((_STATUS, _CUT)):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self._base_url):
            self.faults.append(f"foreign request: {request.url}")

    def _response(self, response: Response) -> None:
        request = response.request
        is_file = (
            not request.is_navigation_request() and request.resource_type not in _ASKED_BY_SCRIPT
        )
        if is_file and not response.ok:
            self.faults.append(f"missing file: {response.status} {response.url}")
