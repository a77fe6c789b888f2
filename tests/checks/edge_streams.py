#!/usr/bin/python3
"""Fails when the edge would cut or hold back a streaming rpc of the contracts, by gRPC or by REST.

usage: edge_streams.py [--self-test]

nginx ends a call that is quiet for about a minute, takes no body of more than 4 MiB, and over REST keeps an answer
until its buffers are full. For every path of every streaming rpc it finds the location that nginx would choose in
deploy/gateway/nginx.conf.template, and asks whether that one is made for streams. The location of gRPC streams names
them; no other rpc may be in it, for there it would be cut neither.

--self-test proves that the check can fail: it takes every line that streams need out of its location in turn, takes
every rpc for what it is not, and expects exactly that to be found.
"""

import sys

import edge_routes

GRPC = ("client_max_body_size 0;", "client_body_timeout 1h;", "send_timeout 1h;", "grpc_read_timeout 1h;",
        "grpc_send_timeout 1h;")
REST = ("proxy_buffering off;", "proxy_read_timeout 1h;", "send_timeout 1h;")


def lacking(body, needed):
    lines = {line.strip() for line in body.splitlines()}
    return [line for line in needed if line not in lines]


def problems(text, rpcs, streams):
    found = edge_routes.locations(text)
    told = []
    for name, rpc in sorted(rpcs.items()):
        missing = lacking(edge_routes.chosen(found, rpc.grpc), GRPC)
        if name not in streams:
            if not missing:
                told.append(f"{name}: {rpc.grpc} is no stream, and the edge takes it for one")
            continue
        if missing:
            told.append(f"{name}: {rpc.grpc} is a stream, and its location lacks {' '.join(missing)}")
        for path in rpc.rest:
            if missing := lacking(edge_routes.chosen(found, path), REST):
                told.append(f"{name}: {path} is a stream, and its location lacks {' '.join(missing)}")
    return told


def self_test(text, rpcs, streams):
    failed = tried = 0
    for name, rpc in sorted(rpcs.items()):
        wrong = problems(text, rpcs, streams ^ {name})
        # Other rpcs may share the REST location of streams; the gRPC one is for streams alone.
        if not any(one.startswith(f"{name}: {rpc.grpc} ") for one in wrong):
            print(f"{name} taken for {'no stream' if name in streams else 'a stream'}: {wrong}")
            failed += 1
    # A new stream at a REST path that nobody thought of.
    for name in sorted(set(rpcs) - streams):
        if rpcs[name].rest and rpcs[name].rest[0].startswith("/v1/plans"):
            tried += 1
            if not any(f"{name}: /v1/plans" in one for one in problems(text, rpcs, streams | {name})):
                print(f"{name} as a stream over REST is not noticed")
                failed += 1
    # Each line, wherever a location of streams has it.
    for _, _, body in edge_routes.locations(text):
        for needed in (GRPC, REST):
            if lacking(body, needed):
                continue
            for line in needed:
                tried += 1
                if not problems(text.replace(body, body.replace(f" {line}", f" # {line}")), rpcs, streams):
                    print(f"a location without {line} is not noticed")
                    failed += 1
    print(f"{len(rpcs)} rpcs and {tried} changes tried, {failed} not noticed")
    return failed or tried < len(GRPC) + len(REST) + 1


def main():
    text, rpcs = edge_routes.template(), edge_routes.rpcs()
    streams = {name for name, rpc in rpcs.items() if rpc.streams}
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(text, rpcs, streams) else 0)
    told = problems(text, rpcs, streams)
    for problem in told:
        print(problem)
    print(f"{len(streams)} streaming rpcs")
    sys.exit(1 if told or not streams else 0)


if __name__ == "__main__":
    main()
