#!/usr/bin/python3
"""A mail server for tests that answers as it is told.

usage: smtp_sink.py DIRECTORY

Listens on a free port of 127.0.0.1 and prints it. Every message taken over is a file NNNNNN.eml in DIRECTORY, on disk
before it is answered, with headers X-Sink-From and X-Sink-To for the envelope. DIRECTORY/behaviour says how to answer,
read anew at every step:

  ok                   takes everything (also without the file)
  greeting CODE TEXT   answers EHLO and HELO so
  mail CODE TEXT       answers MAIL FROM so
  rcpt CODE TEXT       answers RCPT TO so; {address} stands for the recipient
  data CODE TEXT       reads the message, keeps nothing, answers so
  hang                 keeps the message and never answers
  close                keeps the message and closes the connection without an answer
"""

import asyncio
import os
import signal
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, directory):
        self.directory = directory
        self.number = 0

    def told(self, step):
        """The answer for this step, or None to go on as usual."""
        try:
            with open(os.path.join(self.directory, "behaviour"), encoding="utf-8") as file:
                word, _, answer = file.read().strip().partition(" ")
        except FileNotFoundError:
            return None
        return (answer or word) if word == step else None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        answer = self.told("greeting")
        return [answer] if answer else responses

    async def handle_HELO(self, server, session, envelope, hostname):
        session.host_name = hostname
        return self.told("greeting") or "250 localhost"

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.told("mail")
        if answer:
            return answer
        envelope.mail_from = address
        return "250 2.1.0 sender ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.told("rcpt")
        if answer:
            return answer.replace("{address}", address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server, session, envelope):
        answer = self.told("data")
        if answer:
            return answer
        self.number += 1
        path = os.path.join(self.directory, f"{self.number:06d}.eml")
        head = f"X-Sink-From: {envelope.mail_from}\r\nX-Sink-To: {', '.join(envelope.rcpt_tos)}\r\n"
        with open(path + ".part", "wb") as file:
            file.write(head.encode("utf-8") + envelope.original_content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(path + ".part", path)
        if self.told("hang"):
            await asyncio.Event().wait()
        if self.told("close"):
            server.transport.abort()
        return "250 2.0.0 kept"


async def main(directory):
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    sink = Sink(directory)
    server = await loop.create_server(lambda: SMTP(sink, hostname="localhost", loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    server.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(main(sys.argv[1]))
