#!/usr/bin/python3
"""Fails on C++ that clang-format would change and on shell scripts that shellcheck has something to say about."""

import subprocess
import sys

from repository import ROOT, files, read


def main():
    sources = files("services/*.cc", "services/*.h", "tests/*.cc", "tests/*.h")
    scripts = [path for path in files("deploy/*", "tests/*", ".ci/*", "proto/*")
               if path.endswith(".sh") or read(path).startswith("#!/usr/bin/env bash")]
    failed = False
    if sources:
        failed |= subprocess.run(["clang-format", "--dry-run", "--Werror", *sources], cwd=ROOT).returncode != 0
    failed |= subprocess.run(["shellcheck", *scripts], cwd=ROOT).returncode != 0
    print(f"{len(sources)} C++ files, {len(scripts)} scripts")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
