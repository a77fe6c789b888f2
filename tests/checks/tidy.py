#!/usr/bin/python3
"""Runs clang-tidy on the C++ files that changed: tidy.py BUILD_DIRECTORY

Changed means: since the commit up to which everything was looked at (the first word of tests/checks/tidy_base.txt, or
THIDUA_TIDY_BASE), uncommitted changes included; where the history does not hold it, in the last commit. A changed header is looked at through a source that includes
it (as the last build saw it): one that changed too, else that of its name, else the first. A run takes ten minutes at
most (the test has to fit into the whole); what it did not come to is named, and is a failure.
"""

import concurrent.futures
import os
import subprocess
import sys
import time

from layers import read_dependencies
from repository import ROOT, files

MOST_SECONDS = 600


def git(*arguments):
    result = subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


def changed():
    with open(os.path.join(ROOT, "tests/checks/tidy_base.txt"), encoding="utf-8") as file:
        recorded = file.read().split()[0]
    base = git("rev-parse", "--verify", "--quiet", os.environ.get("THIDUA_TIDY_BASE", recorded) + "^{commit}")
    if not base:
        base = git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if base:
        listed = git("diff", "--name-only", "--diff-filter=d", base)
    else:
        listed = git("show", "--format=", "--name-only", "--diff-filter=d", "HEAD")
    return set(listed.splitlines()) | set(git("ls-files", "--others", "--exclude-standard").splitlines())


def sources_for(names, sources, includes):
    """What to look at for these changed files, and the headers that no source includes."""
    chosen = [path for path in sources if path in names]
    alone = []
    for header in sorted(path for path in names if path.endswith(".h")):
        through = [path for path in sources if header in includes.get(path, ())]
        if any(path in chosen for path in through):
            continue
        own = os.path.splitext(header)[0] + ".cc"
        if own in sources:  # also before it was ever built
            chosen.append(own)
        elif through:
            chosen.append(through[0])
        else:
            alone.append(header)
    return chosen, alone


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    names = changed() & set(files("services/*.cc", "services/*.h", "tests/*.cc", "tests/*.h"))
    includes = read_dependencies(os.path.abspath(sys.argv[1]), {})
    chosen, alone = sources_for(names, files("services/*.cc", "tests/*.cc"), includes)
    for header in alone:
        print(f"no source includes it, so it was not looked at: {header}")
    end = time.monotonic() + MOST_SECONDS

    def run(path):
        if time.monotonic() > end:
            return path, None
        return path, subprocess.run(["clang-tidy", "--quiet", "-p", sys.argv[1], path], cwd=ROOT,
                                    capture_output=True, text=True)

    failed, left = 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, result in pool.map(run, chosen):
            if result is None:
                left += 1
                print(f"not looked at in this run: {path}")
            elif result.returncode:
                failed += 1
                print(f"{path}\n{result.stdout}{result.stderr}")
    print(f"{len(names)} changed files, {len(chosen)} sources for them, {left} not looked at, {failed} with findings")
    sys.exit(1 if failed or left else 0)


if __name__ == "__main__":
    main()
