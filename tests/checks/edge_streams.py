#!/usr/bin/python3
"""Fails when a streaming rpc of the contracts is missing from the edge's list of streams, or the list has a name more.

nginx cuts a call that is quiet for about a minute and a body of more than 4 MiB, except in the location that names
the streams (deploy/gateway/nginx.conf.template).
"""

import re
import sys

from repository import files, read


def streams_of_contracts():
    found = set()
    for path in files("proto/thidua/*_service.proto"):
        service = ""
        for line in re.sub(r"\n\s+(?=returns)", " ", read(path)).splitlines():
            if match := re.match(r"\s*service\s+(\w+)", line):
                service = match.group(1)
            if match := re.match(r"\s*rpc\s+(\w+)\s*\((.*?)\)\s*returns\s*\((.*?)\)", line):
                if match.group(2).strip().startswith("stream ") or match.group(3).strip().startswith("stream "):
                    found.add(f"{service}/{match.group(1)}")
    return found


def streams_of_edge():
    text = re.search(r"\(\?<quiet>[^)]*\)\\\.v1\\\.\((.*)\)\$\"", read("deploy/gateway/nginx.conf.template")).group(1)
    found = set()
    for service, several, one in re.findall(r"(\w+)/(?:\(([^)]*)\)|(\w+))", text):
        found |= {f"{service}/{name}" for name in (several or one).split("|")}
    return found


def main():
    contracts, edge = streams_of_contracts(), streams_of_edge()
    for name in sorted(contracts - edge):
        print(f"{name} is a stream and not named in deploy/gateway/nginx.conf.template")
    for name in sorted(edge - contracts):
        print(f"{name} is named there and is no streaming rpc of the contracts")
    print(f"{len(contracts)} streaming rpcs")
    sys.exit(1 if contracts != edge or not contracts else 0)


if __name__ == "__main__":
    main()
