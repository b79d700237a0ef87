"""The scanner is asked over a real socket; what it did not call clean is never taken for clean."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from award.kit.scanner import Scanner, Unchecked
from tests.kit.clamd import Clamd
from tests.kit.uploads import EICAR

Start = Callable[..., Clamd]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a clamd that ends with the test."""
    begun: list[Clamd] = []

    def make(**how: object) -> Clamd:
        begun.append(Clamd(**how))  # type: ignore[arg-type]
        return begun[-1]

    yield make
    for one in begun:
        one.close()


@pytest.mark.parametrize("is_local", [False, True])
def test_it_says_what_it_found_and_nothing_for_what_is_clean(
    start: Start, tmp_path: Path, *, is_local: bool
) -> None:
    clamd = start(path=tmp_path / "clamd.ctl" if is_local else None)
    scanner = Scanner(clamd.address)
    for size in (0, 1, 65_535, 65_536, 65_537, 3_000_000):
        assert scanner.finding(b"x" * size) == ""
    assert scanner.finding(EICAR) == "Eicar-Signature"
    assert scanner.finding(b"x" * 65_500 + EICAR) == "Eicar-Signature"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OKAY\0",
        b"stream: OK FOUNDRY\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"stream: \xff\xfe\0",
        b"x" * 10_000,
    ],
)
def test_any_other_answer_is_none(start: Start, answer: bytes) -> None:
    with pytest.raises(Unchecked, match="it answered"):
        Scanner(start(answer=answer).address).finding(b"x")


def test_one_that_is_slow_is_waited_for_only_so_long(start: Start) -> None:
    """Also one that says something now and then."""
    scanner = Scanner(start(waits=0.2).address, seconds=0.5)
    began = time.monotonic()
    with pytest.raises(Unchecked, match="Timeout"):
        scanner.finding(b"x")
    assert time.monotonic() - began < 1.5


def test_one_that_takes_nothing_is_waited_for_only_so_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        scanner = Scanner(f"127.0.0.1:{deaf.getsockname()[1]}", seconds=0.5)
        with pytest.raises(Unchecked, match="Timeout"):
            scanner.finding(bytes(30_000_000))


def test_one_that_hangs_up_did_not_answer() -> None:
    """As clamd does with a content that is larger than it takes."""
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def hang_up() -> None:
            there, _address = rude.accept()
            # Closed with what was not read: a reset.
            there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            there.recv(100)
            there.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(Unchecked):
            Scanner(f"127.0.0.1:{rude.getsockname()[1]}").finding(bytes(30_000_000))
        thread.join()


def test_one_that_is_not_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    for address in (f"127.0.0.1:{port}", str(tmp_path / "clamd.ctl"), "clamd.invalid:3310"):
        with pytest.raises(Unchecked):
            Scanner(address).finding(b"x")
