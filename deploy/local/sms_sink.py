#!/usr/bin/python3
"""A fake SMS centre that keeps every message as a file and passes none on.

usage: sms_sink.py PORT DIRECTORY

Connects to the port on which Kannel's "smsc = fake" waits for its centre, and again whenever the connection ends. A
message is a file DIRECTORY/NNNNNN.txt, its name the arrival number: lines "from: …" and "to: …", an empty line, the text.
Parts of one long message are kept as they come, with a line "part: …".
"""

import contextlib
import os
import signal
import socket
import sys
import time
from urllib.parse import unquote_to_bytes


def kept(line):
    """A line of the fake protocol as the file's text: SENDER RECEIVER (text TEXT | ucs-2 HEX | udh HEX data TEXT)."""
    sender, receiver, kind, rest = line.split(b" ", 3)
    head = b"from: " + sender + b"\nto: " + receiver + b"\n"
    if kind == b"udh":
        header, kind, rest = rest.split(b" ", 2)
        head += b"part: " + header + b"\n"
    if kind == b"text":
        body = rest
    else:
        body = unquote_to_bytes(rest.replace(b"+", b" "))
        # A part of a longer message comes without its coding; UCS-2 of Vietnamese never is without zero bytes.
        if kind == b"ucs-2" or b"\0" in body:
            body = body.decode("utf-16-be").encode("utf-8")
    return head + b"\n" + body + b"\n"


class Sink:
    def __init__(self, directory):
        self.directory = directory
        taken = [int(name[:-4]) for name in os.listdir(directory) if name.endswith(".txt") and name[:-4].isdigit()]
        self.number = max(taken, default=0)

    def keep(self, line):
        self.number += 1
        path = os.path.join(self.directory, f"{self.number:06d}.txt")
        with open(path + ".part", "wb") as file:
            file.write(kept(line))
            file.flush()
            os.fsync(file.fileno())
        os.rename(path + ".part", path)


def listen(port, sink):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        open(os.path.join(sink.directory, "connected"), "w").close()
        rest = b""
        while chunk := connection.recv(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if line:
                    sink.keep(line)


def main(port, directory):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    sink = Sink(directory)
    while True:
        # One that was killed has left it there.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(directory, "connected"))
        with contextlib.suppress(OSError):
            listen(port, sink)
        # Nothing tells when the gateway is there again, so it is asked now and then.
        time.sleep(0.1)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    os.makedirs(sys.argv[2], exist_ok=True)
    main(int(sys.argv[1]), sys.argv[2])
