#!/usr/bin/python3
"""Runs clang-tidy on the C++ files that changed: tidy.py BUILD_DIRECTORY

Changed means: since the merge base with THIDUA_TIDY_BASE (a commit or branch) or with origin/main, uncommitted changes
included; where that is HEAD itself, in the last commit. A changed header is looked at through the source of the same
name. A run takes ten minutes at most (the test has to fit into the whole); what it did not come to is named.
"""

import concurrent.futures
import os
import subprocess
import sys
import time

from repository import ROOT, files

MOST_SECONDS = 600


def git(*arguments):
    result = subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


def changed():
    head = git("rev-parse", "HEAD")
    base = git("merge-base", "HEAD", os.environ.get("THIDUA_TIDY_BASE", "origin/main"))
    if not base or base == head:
        base = git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if base:
        listed = git("diff", "--name-only", "--diff-filter=d", base)
    else:
        listed = git("show", "--format=", "--name-only", "--diff-filter=d", "HEAD")
    return set(listed.splitlines()) | set(git("ls-files", "--others", "--exclude-standard").splitlines())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    names = {os.path.splitext(path)[0] for path in changed() if path.endswith((".cc", ".h"))}
    chosen = [path for path in files("services/*.cc", "tests/*.cc") if os.path.splitext(path)[0] in names]
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
    print(f"{len(chosen)} changed files, {left} not looked at, {failed} with findings")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
