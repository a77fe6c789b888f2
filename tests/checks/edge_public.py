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

from repository import files, read

ZONE = "limit_req zone=anonymous "


def public_rpcs():
    return {line for line in read("tests/golden/public_rpcs.txt").splitlines() if line and not line.startswith("#")}


def samples(template):
    """Paths as callers send them: a wildcard stands for one segment."""
    filled = re.sub(r"\{[\w.]+=([^}]*)\}", r"\1", template)
    filled = re.sub(r"\{[\w.]+\}", "*", filled)
    return [filled.replace("*", some) for some in ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "x")]


def paths_of_rpcs():
    """{rpc: its paths}, of all contracts."""
    found = {}
    for path in files("proto/thidua/*_service.proto"):
        text = re.sub(r"//[^\n]*", "", read(path))
        package = re.search(r"^package ([\w.]+);", text, re.M).group(1)
        service = re.search(r"^service (\w+)", text, re.M).group(1)
        for body in re.split(r"\brpc\s+", text)[1:]:
            name = f"{package}.{service}/{re.match(r'[A-Za-z]+', body).group(0)}"
            found[name] = ["/" + name]
            for template in re.findall(r'\b(?:get|put|post|patch|delete)\s*:\s*"([^"]*)"', body.split("message ")[0]):
                found[name] += samples(template)
    return found


def locations(text):
    """(regex or None, prefix or None, body) in the order of the file; named ones are left out."""
    found = []
    for match in re.finditer(r'^    location (?:~ "([^"]*)"|(/\S*)) \{\n(.*?)^    \}', text, re.M | re.S):
        regex = match.group(1) and re.compile(re.sub(r"\(\?<(?=\w)", "(?P<", match.group(1)))
        found.append((regex, match.group(2), match.group(3)))
    return found


def limited(found, path):
    """Whether nginx's choice for this path, the first regex that fits or else the longest prefix, has the zone."""
    for regex, _, body in found:
        if regex and regex.search(path):
            return ZONE in body
    prefixes = [(len(prefix), body) for _, prefix, body in found if prefix and path.startswith(prefix)]
    return bool(prefixes) and ZONE in max(prefixes)[1]


def problems(text, rpcs, public):
    found = locations(text)
    told = []
    for name in sorted(public - set(rpcs)):
        told.append(f"{name} is no rpc of the contracts")
    for name, paths in sorted(rpcs.items()):
        for path in paths:
            if limited(found, path) != (name in public):
                told.append(f"{name}: {path} is {'not ' if name in public else ''}held to the limit for anonymous callers")
    return told


def self_test(text, rpcs, public):
    failed = 0
    for name, paths in sorted(rpcs.items()):
        wrong = problems(text, rpcs, public ^ {name})
        if len(wrong) != len(paths) or not all(one.startswith(name + ":") for one in wrong):
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
    text, rpcs, public = read("deploy/gateway/nginx.conf.template"), paths_of_rpcs(), public_rpcs()
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(text, rpcs, public) else 0)
    told = problems(text, rpcs, public)
    for problem in told:
        print(problem)
    print(f"{len(rpcs)} rpcs, {len(public)} of them PUBLIC")
    sys.exit(1 if told or not public else 0)


if __name__ == "__main__":
    main()
