#!/usr/bin/python3
"""Fails when deploy/gateway/envoy.yaml is none that Envoy takes, or leaves out a service that has REST paths.

usage: envoy.py [--self-test]

Envoy's own contracts come with an npm package of tests/tools; buf reads the YAML as Envoy's Bootstrap message. What
Envoy does at run time is not checked: Debian has none.

--self-test proves that a misspelt field, a forgotten service and a wrong port are found.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import edge_routes
from repository import ROOT, read

TOOLS = os.path.join(ROOT, "tests", "tools", "node_modules")
BUF = os.path.join(TOOLS, "@bufbuild", "buf-linux-x64", "bin", "buf")
CONFIG = "deploy/gateway/envoy.yaml"
# What the file names by "@type", and the file itself.
ROOTS = [
    "envoy/config/bootstrap/v3/bootstrap.proto",
    "envoy/extensions/access_loggers/stream/v3/stream.proto",
    "envoy/extensions/filters/http/grpc_json_transcoder/v3/transcoder.proto",
    "envoy/extensions/filters/http/router/v3/router.proto",
    "envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto",
    "envoy/extensions/transport_sockets/tls/v3/tls.proto",
    "envoy/extensions/upstreams/http/v3/http_protocol_options.proto",
]


def envoy_contracts(work):
    """Envoy's contracts as one descriptor set; validation options that protoc does not know are left out."""
    deps = os.path.join(work, "deps")
    shutil.copytree(os.path.join(TOOLS, "@grpc", "grpc-js-xds", "deps"), deps)
    for path in glob.glob(os.path.join(deps, "**", "*.proto"), recursive=True):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if "ignore_empty" in text:
            with open(path, "w", encoding="utf-8") as file:
                file.write(re.sub(r",\s*ignore_empty: true|ignore_empty: true,?\s*", "", text))
    out = os.path.join(work, "envoy.pb")
    includes = [f"-I{deps}/{part}" for part in ("envoy-api", "googleapis", "protoc-gen-validate", "xds")]
    subprocess.run(["protoc", *includes, "--include_imports", f"-o{out}", *ROOTS], check=True)
    return out


def schema_problems(contracts, config, work):
    """What buf says of the text as a Bootstrap message; empty when it is one."""
    path = os.path.join(work, "envoy.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(config)
    done = subprocess.run(
        [BUF, "convert", f"{contracts}#format=binpb", "--type", "envoy.config.bootstrap.v3.Bootstrap",
         "--from", f"{path}#format=yaml", "--to", f"{work}/envoy.json#format=json"],
        capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [done.stderr.strip().replace(path, CONFIG)]


def service_problems(config):
    """Services with REST paths against those that are transcoded, in order and once each."""
    wanted = sorted({name.split("/")[0] for name, rpc in edge_routes.rpcs().items() if rpc.rest})
    named = re.findall(r"^ +- (thidua\.[\w.]+)$", config, re.M)
    told = [f"{CONFIG}: {name} is not transcoded" for name in wanted if name not in named]
    told += [f"{CONFIG}: there is no {name} with REST paths" for name in named if name not in wanted]
    if len(set(named)) != len(named):
        told.append(f"{CONFIG}: a service is named twice")
    return told


def port_problems(config):
    """The ports of the four services against those of a run."""
    told = []
    for name, offset in re.findall(r"main:(campaign|scoring|awards|notify)\) offset=(\d+)",
                                   read("deploy/local/lib/layout.sh")):
        port = 7400 + int(offset)
        cluster = re.search(rf"^    - name: {name}\n(?:      .*\n)+", config, re.M)
        if not cluster or f"port_value: {port} }}" not in cluster.group(0):
            told.append(f"{CONFIG}: {name} is not asked at port {port}")
    return told


def problems(contracts, config, work):
    return schema_problems(contracts, config, work) + service_problems(config) + port_problems(config)


def main():
    config = read(CONFIG)
    with tempfile.TemporaryDirectory() as work:
        contracts = envoy_contracts(work)
        if "--self-test" not in sys.argv:
            found = problems(contracts, config, work)
            print("\n".join(found) or f"{CONFIG}: as Envoy's contracts and ours ask")
            sys.exit(1 if found else 0)
        broken = {
            "a misspelt field": config.replace("codec_type:", "codec_typ:"),
            "a value of another type": config.replace("max_concurrent_streams: 512", "max_concurrent_streams: many"),
            "a forgotten service": config.replace("                        - thidua.awards.v1.CouncilService\n", ""),
            "a service that is not there": config.replace("v1.CouncilService", "v1.CouncilsService"),
            "a wrong port": config.replace("port_value: 7403", "port_value: 7404"),
        }
        missed = [what for what, text in broken.items() if not problems(contracts, text, work)]
        print("\n".join(f"not found: {what}" for what in missed) or f"found each of {len(broken)} faults")
        sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
