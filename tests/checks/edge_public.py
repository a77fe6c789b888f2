#!/usr/bin/python3
"""Fails when a PUBLIC rpc is not held to the edge's limit for callers without a token, or another rpc is.

usage: edge_public.py [--self-test]

For the gRPC path and every REST path of every rpc of the contracts it finds the location that nginx would choose in
deploy/gateway/nginx.conf.template, and asks whether that one has the zone "anonymous".

--self-test proves that the check can fail: it leaves every PUBLIC rpc out of the locations in turn, puts every other
one in, and expects exactly that to be found.
"""

import re
import sys

import edge_routes
from repository import read

ZONE = "limit_req zone=anonymous "


def public_rpcs():
    return {line for line in read("tests/golden/public_rpcs.txt").splitlines() if line and not line.startswith("#")}


def problems(text, rpcs, public):
    found = edge_routes.locations(text)
    told = []
    for name in sorted(public - set(rpcs)):
        told.append(f"{name} is no rpc of the contracts")
    for name, rpc in sorted(rpcs.items()):
        for path in rpc.paths():
            if (ZONE in edge_routes.chosen(found, path)) != (name in public):
                told.append(f"{name}: {path} is {'not ' if name in public else ''}held to the limit for anonymous callers")
    return told


def self_test(text, rpcs, public):
    failed = 0
    for name, rpc in sorted(rpcs.items()):
        wrong = problems(text, rpcs, public ^ {name})
        if len(wrong) != len(rpc.paths()) or not all(one.startswith(name + ":") for one in wrong):
            print(f"{name} taken for {'not ' if name in public else ''}PUBLIC: {wrong}")
            failed += 1
    # Without any one of the locations that have the zone, something is missing.
    whole = [match.start() for match in re.finditer(ZONE, text)]
    for at in whole:
        if not problems(text[:at] + "#" + text[at + len(ZONE):], rpcs, public):
            print("a location without its limit is not noticed")
            failed += 1
    print(f"{len(rpcs)} rpcs and {len(whole)} locations tried, {failed} not noticed")
    return failed or not whole


def main():
    text, rpcs, public = edge_routes.template(), edge_routes.rpcs(), public_rpcs()
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(text, rpcs, public) else 0)
    told = problems(text, rpcs, public)
    for problem in told:
        print(problem)
    print(f"{len(rpcs)} rpcs, {len(public)} of them PUBLIC")
    sys.exit(1 if told or not public else 0)


if __name__ == "__main__":
    main()
