"""The load: keep-alive connections over plain sockets, in a process of its own.

It reads what to ask for from the standard input and prints what it measured.
"""

import asyncio
import sys
import time

import msgspec


class Page(msgspec.Struct, frozen=True):
    """What one client asks for, again and again; `form` makes it a POST.

    In a form {number} is how many came before and {key} a key that is never used twice; an address
    may have {number} too.
    """

    path: str
    status: int
    cookie: str = ""
    form: str = ""
    accept: str = "*/*"


class Order(msgspec.Struct, frozen=True):
    port: int
    pages: list[Page]  # one for each client
    requests: int  # by each client
    first: int = 0  # the {number} of the first


class Measured(msgspec.Struct, frozen=True):
    requests: int
    seconds: float
    p99: float


async def measure(order: Order) -> Measured:
    began = time.perf_counter()
    done = await asyncio.gather(*(_client(order, who) for who in range(len(order.pages))))
    seconds = time.perf_counter() - began
    times = sorted(one for each in done for one in each)
    return Measured(len(times), seconds, times[int(len(times) * 0.99) - 1])


async def _client(order: Order, who: int) -> list[float]:
    page, times = order.pages[who], []
    reader, writer = await asyncio.open_connection("127.0.0.1", order.port)
    for number in range(order.first, order.first + order.requests):
        asked = _request(page, order.port, f"{who}-{number}-{time.time_ns()}", number)
        began = time.perf_counter()
        writer.write(asked)
        status, body = await _answer(reader)
        times.append(time.perf_counter() - began)
        if status != page.status:
            raise SystemExit(f"{page.path} answered {status}: {body[:3000].decode()}")
    writer.close()
    return times


def _request(page: Page, port: int, key: str, number: int) -> bytes:
    head = f"Host: 127.0.0.1:{port}\r\nCookie: {page.cookie}\r\nAccept: {page.accept}\r\n"
    if not page.form:
        path = page.path.replace("{number}", str(number))
        return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
    form = page.form.replace("{key}", key).replace("{number}", str(number))
    return (
        f"POST {page.path} HTTP/1.1\r\n{head}Origin: http://127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\n\r\n{form}"
    ).encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


if __name__ == "__main__":
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(measure(order))))
