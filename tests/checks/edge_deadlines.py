#!/usr/bin/python3
"""Fails when the edge cuts a unary call that a service or the gateway still works on.

usage: edge_deadlines.py [--self-test]

A service ends a unary call by itself within longest_deadline (services/platform/admission.h) and the gateway asks for
no more than unary_most (services/gateway/headers.h). nginx must wait a little longer than both, or a caller is told 504
while the work may be done.

--self-test proves that the check can fail: each figure in turn is put where it does not fit.
"""

import re
import sys

from repository import read

LITTLE = 15  # seconds that nginx waits longer, at most
NGINX = ("grpc_read_timeout", "proxy_read_timeout")


def figures():
    """{name: seconds}."""
    found = {}
    for name, path in (("longest_deadline", "services/platform/admission.h"), ("unary_most", "services/gateway/headers.h")):
        match = re.search(rf"{name} = absl::(Seconds|Minutes)\((\d+)\)", read(path))
        found[name] = int(match.group(2)) * (60 if match.group(1) == "Minutes" else 1)
    # Of the server; a location indents more.
    text = read("deploy/gateway/nginx.conf.template")
    for name in NGINX:
        found[name] = int(re.search(rf"^    {name} (\d+)s;", text, re.M).group(1))
    return found


def problems(found):
    served = found["longest_deadline"]
    told = []
    if found["unary_most"] > served:
        told.append(f"the gateway lets callers ask for {found['unary_most']} s, the services give {served} s")
    for name in NGINX:
        if not served < found[name] <= served + LITTLE:
            told.append(f"{name} of nginx is {found[name]} s, the services answer within {served} s")
    return told


def self_test(found):
    failed = 0
    changes = [("longest_deadline", 300), ("longest_deadline", 10), ("unary_most", 61)]
    changes += [(name, seconds) for name in NGINX for seconds in (60, 600)]
    for name, seconds in changes:
        if not problems({**found, name: seconds}):
            print(f"{name} of {seconds} s is not noticed")
            failed += 1
    print(f"{len(changes)} changes tried, {failed} not noticed")
    return failed


def main():
    found = figures()
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(found) else 0)
    told = problems(found)
    for problem in told:
        print(problem)
    print(", ".join(f"{name} {seconds} s" for name, seconds in found.items()))
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    main()
