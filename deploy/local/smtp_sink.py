#!/usr/bin/python3
"""A mail server that keeps every message as a file and passes none on.

usage: smtp_sink.py PORT DIRECTORY

Listens on 127.0.0.1 only. A message is on disk before it is acknowledged. Its file name is its arrival number, and
headers X-Sink-From and X-Sink-To hold the envelope.
"""

import asyncio
import os
import signal
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, directory):
        self.directory = directory
        taken = [int(name[:-4]) for name in os.listdir(directory) if name.endswith(".eml") and name[:-4].isdigit()]
        self.number = max(taken, default=0)

    async def handle_DATA(self, server, session, envelope):
        self.number += 1
        path = os.path.join(self.directory, f"{self.number:06d}.eml")
        head = f"X-Sink-From: {envelope.mail_from}\r\nX-Sink-To: {', '.join(envelope.rcpt_tos)}\r\n"
        with open(path + ".part", "wb") as file:
            file.write(head.encode("utf-8") + envelope.original_content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(path + ".part", path)
        return "250 2.0.0 kept"


async def main(port, directory):
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    sink = Sink(directory)
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="localhost", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port)
    await stop.wait()
    server.close()
    await server.wait_closed()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    os.makedirs(sys.argv[2], exist_ok=True)
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
