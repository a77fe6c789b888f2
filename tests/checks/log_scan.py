#!/usr/bin/python3
"""Whether the logs of a run hold what no log may hold: tokens, passwords, keys, e-mail addresses, telephone numbers,
full names of people, contents of requests.

usage: log_scan.py VAR          the run whose folder is VAR: VAR/log and the log of its MariaDB
       log_scan.py --self-test  whether it finds what it looks for

What is found is named by file, line and kind, and never shown: the reader of a test's output is a reader of logs too.
Contents of requests are known by their language: our logs are English, what people write is Vietnamese; and by the
texts of the demo. Exit status: 0 nothing, 1 something, 2 wrong usage or no logs.
"""

import csv
import glob
import json
import os
import re
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DEMO = os.path.join(ROOT, "deploy", "demo", "data")

# A field of a JSON line ends with a quote; between letters and digits of ids nothing is a telephone number.
PATTERNS = [
    ("token", re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+")),
    ("token", re.compile(r"(?i)\bbearer\s+\S|\bauthorization\b\"?\s*[:=]")),
    ("password or secret", re.compile(r"(?i)\b(password|passwd|client_secret|secret|assertion)\"?\s*[:=]\s*\"?[^\s\"]")),
    ("private key", re.compile(r"PRIVATE KEY")),
    ("e-mail address", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")),
    ("telephone number", re.compile(r"(?<![0-9A-Za-z.:_-])(\+84|0)[ .]?[235789]([ .]?[0-9]){8}(?![0-9A-Za-z:_-])")),
    ("query string", re.compile(r"\"path\":\"[^\"]*\?|\brequest: \"[^\"]*\?")),
    ("contents of a request (Vietnamese text)", re.compile(r"[À-ỹĂ-ăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u0323]")),
    ("contents of a request (escaped text)", re.compile(r"\\\\u0[0-9a-f]{3}|\\\\u1e[0-9a-f]{2}|\\x[cCeE][0-9a-fA-F]")),
]
# Written by commands for the person who gives them.
COMMANDS = ("keys.log",)
SHORTEST = 6  # of a text that is looked for as it stands


def own_secrets(var):
    """Passwords and private keys of the run itself."""
    for path in glob.glob(os.path.join(var, "secrets", "*")) + glob.glob(os.path.join(var, "keys", "*.pem")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                if len(line.strip()) >= SHORTEST and not line.startswith("-----"):
                    yield "password or secret", line.strip()


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_of(item)


def demo_texts():
    """People of the demo, and the texts of its plans and criteria; words of one part may stand in method names."""
    with open(os.path.join(DEMO, "people.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for kind, field in (("full name", "full_name"), ("e-mail address", "email"), ("telephone number", "phone")):
                if len(row.get(field) or "") >= SHORTEST:
                    yield kind, row[field]
    for path in glob.glob(os.path.join(DEMO, "plans", "*.json")) + glob.glob(os.path.join(DEMO, "criteria", "*.json")):
        with open(path, encoding="utf-8") as file:
            for text in texts_of(json.load(file)):
                if " " in text and len(text) >= 12:
                    yield "contents of a request", text


def logs_of(var):
    paths = [path for path in glob.glob(os.path.join(var, "log", "*")) if os.path.isfile(path)]
    return sorted(paths + glob.glob(os.path.join(var, "mariadb", "*.log")))


def scan(var, out=sys.stdout):
    texts = {}
    for kind, text in list(own_secrets(var)) + list(demo_texts()):
        texts.setdefault(text, kind)
    literal = re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)))
    found = lines = 0
    paths = logs_of(var)
    for path in paths:
        with open(path, encoding="utf-8", errors="backslashreplace") as file:
            for number, line in enumerate(file, 1):
                lines += 1
                kinds = {kind for kind, pattern in PATTERNS if pattern.search(line)}
                if os.path.basename(path) in COMMANDS:
                    kinds -= {kind for kind in kinds if kind.startswith("contents")}
                kinds.update(texts[match] for match in literal.findall(line))
                for kind in sorted(kinds):
                    print(f"{os.path.relpath(path, var)}:{number}: {kind}", file=out)
                    found += 1
    print(f"{len(paths)} logs, {lines} lines, {found} findings", file=out)
    return found, lines


INJECTED = [
    ("token", '{"msg":"call","detail":"eyJhbGciOiJFZERTQSJ9.eyJhdWQiOiJ0aGlkdWEifQ.c2ln"}'),
    ("token", '{"msg":"request","authorization":"Basic abc"}'),
    ("token", "upstream sent Bearer abc"),
    ("password or secret", "connecting with password=hunter2"),
    ("password or secret", '{"client_secret":"abc"}'),
    ("password or secret", "the password is THE-PASSWORD-OF-THIS-RUN"),
    ("private key", "-----BEGIN PRIVATE KEY-----"),
    ("e-mail address", '{"to":"chuyenvien@daknong.example"}'),
    ("telephone number", '{"to":"0912345678"}'),
    ("telephone number", "sent to +84 912 345 678."),
    ("query string", '{"path":"/v1/people?full_name=A"}'),
    ("query string", 'upstream timed out, client: 127.0.0.1, request: "GET /v1/people?full_name=A HTTP/2.0"'),
    ("contents of a request (Vietnamese text)", '{"detail":"Nguyễn Văn A"}'),
    ("contents of a request (Vietnamese text)", '{"detail":"huyen Krông No"}'),
    ("contents of a request (escaped text)", r'{"detail":"Nguy\\u1ec5n"}'),
    ("full name", None),
    ("contents of a request", None),
]
CLEAN = [
    '{"ts":"2026-11-28T03:48:54.139Z","sev":"info","svc":"campaign","msg":"call","rpc":"/thidua.campaign.v1.ClockService/'
    'SetBusinessTime","code":"OK","principal":"person:bootstrap","request_id":"01m8g4ab7mesqbsa6df31vs3v4","trace_id":'
    '"19283854df8d98747559b790eaa8fa08","peer":"ipv4:127.0.0.1:37182","ms":"6.5"}',
    '{"request_id":"0240340676735443485985879f1f62d5","path":"/v1/units/01m8g4ab7mesqbsa6df31vs3v4","bytes_in":774}',
    "2026-11-28  3:48:50 0 [Note] InnoDB: log sequence number 0912345678901; transaction id 14",
]


def self_test():
    demo = list(demo_texts())
    wrong = 0
    for kind, line in INJECTED + [(None, line) for line in CLEAN]:
        line = line or next(text for its, text in demo if its == kind)
        with tempfile.TemporaryDirectory() as var:
            os.makedirs(os.path.join(var, "log"))
            os.makedirs(os.path.join(var, "secrets"))
            with open(os.path.join(var, "secrets", "a.password"), "w", encoding="utf-8") as file:
                file.write("THE-PASSWORD-OF-THIS-RUN\n")
            with open(os.path.join(var, "log", "a.log"), "w", encoding="utf-8") as file:
                file.write(CLEAN[0] + "\n" + line + "\n")
            with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
                found, _ = scan(var, out)
                out.seek(0)
                told = out.read()
        as_wanted = f"log/a.log:2: {kind}\n" in told if kind else found == 0
        shown = kind is not None and line in told
        if not as_wanted or shown:
            print(f"wanted {kind or 'nothing'} of {line!r}, got:\n{told}")
            wrong += 1
    print(f"{len(INJECTED) + len(CLEAN)} cases, {wrong} wrong")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    found, lines = scan(arguments[0])
    if lines == 0:
        print("there are no logs")
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
