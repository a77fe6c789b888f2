"""Which location of deploy/gateway/nginx.conf.template nginx would choose for what callers of the contracts send."""

import re

from repository import files, read


def template():
    return read("deploy/gateway/nginx.conf.template")


def samples(path_template):
    """Paths as callers send them: a wildcard stands for one segment."""
    filled = re.sub(r"\{[\w.]+=([^}]*)\}", r"\1", path_template)
    filled = re.sub(r"\{[\w.]+\}", "*", filled)
    return [filled.replace("*", some) for some in ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "x")]


class Rpc:
    """One rpc of the contracts: its gRPC path, its REST paths, and whether it streams either way."""

    def __init__(self, name, text):
        self.name = name
        self.grpc = "/" + name
        asked, answered = re.match(r"[A-Za-z]+\s*\(([^)]*)\)\s*returns\s*\(([^)]*)\)", text).groups()
        self.streams = any(message.strip().startswith("stream ") for message in (asked, answered))
        templates = re.findall(r'\b(?:get|put|post|patch|delete)\s*:\s*"([^"]*)"', text.split("message ")[0])
        self.rest = [path for one in templates for path in samples(one)]

    def paths(self):
        return [self.grpc] + self.rest


def rpcs():
    """{name: Rpc}, of all contracts."""
    found = {}
    for path in files("proto/thidua/*_service.proto"):
        text = re.sub(r"//[^\n]*", "", read(path))
        package = re.search(r"^package ([\w.]+);", text, re.M).group(1)
        service = re.search(r"^service (\w+)", text, re.M).group(1)
        for body in re.split(r"\brpc\s+", text)[1:]:
            rpc = Rpc(f"{package}.{service}/{re.match(r'[A-Za-z]+', body).group(0)}", body)
            found[rpc.name] = rpc
    return found


def locations(text):
    """(regex or None, prefix or None, body) in the order of the file; named ones are left out."""
    found = []
    for match in re.finditer(r'^    location (?:~ "([^"]*)"|(/\S*)) \{\n(.*?)^    \}', text, re.M | re.S):
        regex = match.group(1) and re.compile(re.sub(r"\(\?<(?=\w)", "(?P<", match.group(1)))
        found.append((regex, match.group(2), match.group(3)))
    return found


def chosen(found, path):
    """The body of nginx's choice for this path, the first regex that fits or else the longest prefix; "" for none."""
    for regex, _, body in found:
        if regex and regex.search(path):
            return body
    prefixes = [(len(prefix), body) for _, prefix, body in found if prefix and path.startswith(prefix)]
    return max(prefixes)[1] if prefixes else ""
