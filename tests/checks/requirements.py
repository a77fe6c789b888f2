#!/usr/bin/python3
"""Prints which of the 127 requirements a test shows, and fails when a required one is not shown end to end.

tests/requirements.csv holds the requirements taken from five published texts: S0 plan of Thanh tra tỉnh Bình Phước
2021, S1 a province's news article on steering the reform 2024, S2 plan of UBND tỉnh Đắk Nông 2022-2025, S3 plan of Văn
phòng UBND thành phố Cần Thơ 2019, S4 plan of UBND huyện Krông Nô 2023. A test shows one by a comment
`// shows: S4-20, S4-21` in its file.
tests/checks/required_ids.txt lists those that must be shown by a file of tests/e2e.
"""

import csv
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHOWN = re.compile(r"(?://|#)\s*shows:\s*(S\d+-\d+(?:\s*,\s*S\d+-\d+)*)")


def main():
    with open(os.path.join(ROOT, "tests/requirements.csv"), encoding="utf-8", newline="") as file:
        items = {row["id"]: row["item"] for row in csv.DictReader(file)}
    with open(os.path.join(ROOT, "tests/checks/required_ids.txt"), encoding="utf-8") as file:
        required = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "tests/*",
                             "services/*_test.cc"], check=True, capture_output=True, text=True).stdout.split()
    shown, problems = {}, []
    for path in listed:
        if path.startswith("tests/checks/") or not os.path.isfile(os.path.join(ROOT, path)):
            continue
        with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                for match in SHOWN.finditer(line):
                    for one in re.split(r"\s*,\s*", match.group(1)):
                        shown.setdefault(one, []).append(f"{path}:{number}")
    for one in sorted(shown):
        if one not in items:
            problems.append(f"{shown[one][0]}: there is no requirement {one}")
    for one in required:
        if one not in items:
            problems.append(f"tests/checks/required_ids.txt: there is no requirement {one}")
        elif not any(place.startswith("tests/e2e/") for place in shown.get(one, [])):
            problems.append(f"{one} is required and no test in tests/e2e shows it: {items[one]}")

    covered = [one for one in items if one in shown]
    print(f"covered: {len(covered)} of {len(items)}")
    for one in covered:
        print(f"  {one}  {', '.join(shown[one])}")
    print("uncovered:")
    for one in items:
        if one not in shown:
            print(f"  {one}  {items[one][:100]}")
    for problem in problems:
        print(f"FAILED: {problem}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
