"""A small clamd: it speaks INSTREAM over TCP or a Unix socket, and knows EICAR."""

import socketserver
import struct
import threading
import time
from pathlib import Path

from tests.kit.uploads import EICAR


class Clamd:
    """`answer` replaces what it says, `waits` are the seconds before each byte of it."""

    def __init__(
        self, path: Path | None = None, answer: bytes | None = None, waits: float = 0.0
    ) -> None:
        clamd = self
        self.answer = answer
        self.waits = waits
        self.asked = 0

        class Handler(_Handler):
            server_of = clamd

        if path is None:
            server: socketserver.TCPServer = _Tcp(("127.0.0.1", 0), Handler)
            self.address = f"127.0.0.1:{server.server_address[1]}"
        else:
            server = _Unix(str(path), Handler)
            self.address = str(path)
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class _Handler(socketserver.StreamRequestHandler):
    server_of: Clamd

    def handle(self) -> None:
        clamd = self.server_of
        clamd.asked += 1
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        told = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        for byte in told if clamd.answer is None else clamd.answer:
            time.sleep(clamd.waits)
            try:
                self.wfile.write(bytes([byte]))
            except OSError:  # whoever asked has gone
                return
