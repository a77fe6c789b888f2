#!/usr/bin/python3
"""Fails on a forbidden include: compares the compiler's dependency files (ninja -t deps) with layers.txt.

usage: layers.py BUILD_DIRECTORY [--self-test]

--self-test proves that the check can fail: for every rule it puts a forbidden include into a copy of the real
dependencies and expects exactly that to be found.
"""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RULES = os.path.join(ROOT, "tests/checks/layers.txt")


class Rule:
    def __init__(self, line, kind, files, free, listed, exceptions):
        self.line, self.files, self.free, self.listed, self.exceptions = line, files, free, listed, exceptions
        self.only = kind == "only"
        self.tests_too = kind.endswith("!") or files.endswith("_test.cc")

    def covers(self, source):
        """The names bound by the pattern when the rule is about this source, else None."""
        if source.endswith("_test.cc") and not self.tests_too:
            return None
        if any(re.fullmatch(pattern(one), source) for one in self.free):
            return None
        match = re.fullmatch(pattern(self.files), source)
        return match and match.groupdict()

    def refuses(self, include, names):
        listed = any(re.fullmatch(pattern(one, names), include) for one in self.listed)
        if self.only:
            return not listed
        return listed and not any(re.fullmatch(pattern(one, names), include) for one in self.exceptions)


def pattern(text, names=None):
    out = ""
    for part in re.findall(r"\*\*|\*|\{\w+\}|[^*{]+", text):
        if part == "**":
            out += ".*"
        elif part == "*":
            out += "[^/]*"
        elif part[0] == "{":
            name = part[1:-1]
            out += re.escape(names[name]) if names and name in names else f"(?P<{name}>[^/]+)"
        else:
            out += re.escape(part)
    return out


def read_rules():
    rules, libraries = [], {}
    with open(RULES, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            if words[0] == "library":
                libraries[words[1]] = words[2:]
                continue
            listed, exceptions = words[words.index(":") + 1:], []
            if "except" in listed:
                at = listed.index("except")
                listed, exceptions = listed[:at], listed[at + 1:]
            free = words[3:words.index(":")]  # after "but"
            rules.append(Rule(number, words[0], words[1], free, listed, exceptions))
    return rules, libraries


def name_of(path, build, libraries):
    """How layers.txt names an included file; None for the standard library."""
    full = os.path.normpath(os.path.join(build, path))
    generated = os.path.join(build, "proto/gen/")
    if full.startswith(generated):
        return "gen/" + full[len(generated):]
    if full.startswith(ROOT + "/"):
        return os.path.relpath(full, ROOT)
    header = re.sub(r"^/usr/(local/)?include/(x86_64-linux-gnu/|aarch64-linux-gnu/)?", "", full)
    for library, prefixes in libraries.items():
        if any(header.startswith(prefix) for prefix in prefixes):
            return "lib:" + library
    return None


def read_dependencies(build, libraries):
    """{source: set of what it includes}, for the repository's own sources."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    found = {}
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if len(lines) < 2 or not lines[0].split(":")[0].endswith(".o"):
            continue
        names = [name_of(line.strip(), build, libraries) for line in lines[1:]]
        # A sanitizer's list of exceptions may come before the source.
        source = next((name for name in names if name and name.endswith((".cc", ".cpp", ".c"))), None)
        if source and not source.startswith(("gen/", "lib:")):
            found[source] = {name for name in names if name and name != source}
    return found


def violations(rules, found):
    for source in sorted(found):
        for rule in rules:
            names = rule.covers(source)
            if names is None:
                continue
            for include in sorted(found[source]):
                if rule.refuses(include, names):
                    yield source, include, rule


def own_sources():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "services/*.cc", "tests/*.cc"], check=True,
                            capture_output=True, text=True).stdout
    return set(listed.split())


def self_test(rules, found):
    """Whether each rule is broken by an include put in its way."""
    problems = 0
    for rule in rules:
        covered = [(source, rule.covers(source)) for source in found if rule.covers(source) is not None]
        if not covered:
            print(f"layers.txt:{rule.line}: the rule is about no source at all")
            problems += 1
            continue
        source, names = sorted(covered, key=lambda one: one[0])[0]
        if rule.only:
            bad = "services/platform/clock.h"
        else:
            bad = next(one for one in rule.listed).replace("**", "injected/x.h").replace("*", "injected")
            bad = re.sub(r"\{(\w+)\}", lambda match: names[match.group(1)], bad)
        injected = {source: found[source] | {bad}}
        if not any(at is rule and include == bad for _, include, at in violations(rules, injected)):
            print(f"layers.txt:{rule.line}: {bad} in {source} was not found")
            problems += 1
    print(f"{len(rules)} rules, each broken on purpose: {problems} not noticed")
    return problems


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = os.path.abspath(sys.argv[1])
    rules, libraries = read_rules()
    found = read_dependencies(build, libraries)
    problems = 0
    if "--self-test" in sys.argv:
        problems = self_test(rules, found)
    else:
        for source, include, rule in violations(rules, found):
            print(f"{source} includes {include}: refused by tests/checks/layers.txt:{rule.line}")
            problems += 1
        for source in sorted(own_sources() - set(found)):
            print(f"{source} is in no target, so nothing checks it")
            problems += 1
        print(f"{len(found)} sources checked, {problems} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
