#!/usr/bin/python3
"""Fails on text that must not stand in the sources: each rule is a pattern, where it is looked for and why."""

import re
import sys

from repository import files, read

CODE = ("services/*.cc", "services/*.h")
NOWHERE = r"$^"
# (why, pattern, where, path pattern of the places that may). A pattern is written so that it does not match itself.
# In C++ and protos comments are left out of the first list and looked at in the second.
IN_CODE = [
    ("only platform/status.cc makes a gRPC error, so that none leaves without a reason",
     r"grpc::Status\s*[({]\s*[^)}\s]|grpc::Status\s+\w+\s*[({].*StatusCode::|[{(]\s*(grpc::)?StatusCode::(?!OK)\w+\s*,",
     CODE, r"services/platform/status\.cc|.*_test\.cc|.*/testing/.*"),
    ("SQL stands in store*.cc, the platform and migrations",
     r"(\"|R\"\w*\()\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\s", CODE,
     r".*/store[a-z_]*\.(cc|h)|services/platform/.*|.*_test\.cc"),
    # platform/db, the clients and the gateway's connections wait for sockets, locks and deadlines, which only real
    # time moves on.
    ("time comes from the injected clocks",
     r"absl::Now\(|system_clock::now|\btime\((nullptr|NULL|0)\)", CODE,
     r"services/platform/(clock\.cc|db/.*)|services/thiduactl/.*|services/gateway/(http_server|upstream_call)\.cc|"
     r".*_test\.cc|.*/testing/.*"),
    ("time and identity never come from the database server",
     r"\b(NOW|GET_LOCK|UTC_TIMESTAMP|SYSDATE)\s*\(|\bCURRENT_TIMESTAMP\b|\bAUTO_INCREMENT\b",
     CODE + ("services/*.sql",), r".*_test\.cc"),
    ("points, ratios and money never travel as floating point",
     r"^\s*(repeated\s+|optional\s+)?(double|float)\s", ("proto/thidua/*.proto",), NOWHERE),
    ("a test that cannot fail", r"DIS[A]BLED_|GTEST_SK[I]P|SUCC[E]ED\(\)|EXPECT_TRUE\(t[r]ue\)",
     CODE + ("tests/*.cc", "tests/*.h"), NOWHERE),
]
ANYWHERE = [
    ("no machine's own path or package host belongs in the repository",
     r"/r[o]ot/|/h[o]me/\w|/w[o]rk/|b[a]sh_jobs|https?://(deb|registry|security|ftp)[.]", ("*",), NOWHERE),
    ("tone marks stand as in hóa, khỏe, Ủy, everywhere; texts taken from documents stay as they are",
     r"(?i)(?<!q)(o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?!\w)", ("*",), r"tests/(requirements\.csv|checks/sources\.py)|deploy/demo/data/plans/.*"),
    ("unfinished work", r"\b(TO[D]O|FIX[M]E|X[X]X)\b", CODE + ("proto/thidua/*", "deploy/*", "tests/*"), NOWHERE),
]


def code_of(path, line):
    """The line without its comment, which may name what the code must not do."""
    if path.endswith(".sql"):
        return line.split("--")[0]
    return re.split(r"(?<!:)//", line)[0]


def main():
    problems = 0
    for rules, text_of in ((IN_CODE, code_of), (ANYWHERE, lambda path, line: line)):
        for why, pattern, where, allowed in rules:
            for path in files(*where):
                if re.fullmatch(allowed, path):
                    continue
                for number, line in enumerate(read(path).splitlines(), 1):
                    if re.search(pattern, text_of(path, line)):
                        print(f"{path}:{number}: {why}: {line.strip()[:120]}")
                        problems += 1
    print(f"{len(IN_CODE) + len(ANYWHERE)} rules, {problems} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
