#!/usr/bin/python3
"""Fails when a rule's id is not where a reader looks for it: rule_ids.py [--self-test]

An id (R-SCO-03) that stands in a service's code has to stand in that service's README.md ("R-SCO-02…04" and
"R-SCO-05, 06" name all of theirs) and at one of its tests (above it, or in its name as R_SCO_03), and the other way
round.

--self-test proves that the check can fail: it takes every id away from each of the three places in turn.
"""

import re
import sys

from repository import files, read

SERVICES = ("campaign", "scoring", "awards", "notify")


def in_text(text):
    """Ids as documents write them, ranges and lists spelled out."""
    found = set()
    for family, numbers in re.findall(r"(R-[A-Z]{3}-)(\d+(?:(?:…(?:R-[A-Z]{3}-)?|, )\d+)*)", text):
        for part in re.sub(r"R-[A-Z]{3}-", "", numbers).split(", "):
            first, _, last = part.partition("…")
            found |= {f"{family}{number:02}" for number in range(int(first), int(last or first) + 1)}
    return found


def places(service):
    """{place: ids} of a service."""
    code, tests = set(), set()
    for path in files(f"services/{service}/*.h", f"services/{service}/*.cc"):
        text = read(path)
        ids = {found.replace("_", "-") for found in re.findall(r"R[-_][A-Z]{3}[-_]\d+", text)}
        if path.endswith("_test.cc"):
            tests |= ids
        elif "/testing" not in path:
            code |= ids
    return {"the code": code, "a test": tests, "README.md": in_text(read(f"services/{service}/README.md"))}


def problems(service, found):
    every = set().union(*found.values())
    return [f"{service}: {one} is not in {place}"
            for one in sorted(every) for place, ids in sorted(found.items()) if one not in ids]


def main():
    told, tried, missed = [], 0, 0
    for service in SERVICES:
        found = places(service)
        told += problems(service, found)
        for place, ids in found.items():
            for one in sorted(ids & set().union(*(found[other] for other in found if other != place))):
                tried += 1
                less = {**found, place: ids - {one}}
                missed += f"{service}: {one} is not in {place}" not in problems(service, less)
    if "--self-test" in sys.argv:
        print(f"{tried} taken away, {missed} not noticed")
        sys.exit(1 if missed or not tried else 0)
    for problem in told:
        print(problem)
    print(f"{tried // 3} ids")
    sys.exit(1 if told or not tried else 0)


if __name__ == "__main__":
    main()
