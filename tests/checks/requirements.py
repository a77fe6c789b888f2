#!/usr/bin/python3
"""Prints which of the 127 requirements a test shows, and fails when a required one is not shown end to end.

usage: requirements.py BUILD_DIRECTORY [--self-test]

tests/requirements.csv holds the requirements taken from five published texts: S0 plan of Thanh tra tỉnh Bình Phước
2021, S1 a province's news article on steering the reform 2024, S2 plan of UBND tỉnh Đắk Nông 2022-2025, S3 plan of Văn
phòng UBND thành phố Cần Thơ 2019, S4 plan of UBND huyện Krông Nô 2023. A test shows one by a comment line that ends in
`shows: S4-20, S4-21`, directly before its TEST macro. It counts only when the test asserts something, cannot be
skipped, and is compiled into a program that ctest runs (as CMake configured BUILD_DIRECTORY; nothing needs be built).
tests/checks/required_ids.txt lists those that must be shown by a test in tests/e2e.

--self-test proves that the check can fail: it breaks each of these conditions in a copy of what is there and expects
exactly that to be found.
"""

import csv
import functools
import os
import re
import subprocess
import sys

from repository import ROOT, files, read

ID = r"S\d+-\d+"
STRICT = re.compile(rf"\s*//(?: [^:]*[^:,\w])? shows: ({ID}(?:, {ID})*)\s*")
# Whatever may have been meant as one: `// show: …`, `//shows S2-01`, a comment after code.
MEANT = re.compile(rf"//.*\bshows\s*:|//\s*shows?\b[^A-Za-z]*{ID}", re.IGNORECASE)
MACRO = re.compile(r"\s*(?:TYPED_)?TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)")
ASSERTS = re.compile(r"\b(?:EXPECT_|ASSERT_|ADD_FAILURE\b|FAIL\(|RC_ASSERT|RC_GTEST_PROP)")
# A helper of the same file, by its name: `void ExpectConfirmed(…) {`.
HELPER = re.compile(r"\bvoid ((?:Expect|Assert|Check)[A-Z]\w*)\(")
SKIPS = "GTEST_SKIP"


def without_texts(code):
    """C++ with comments and literals blanked out, every place kept."""
    literal = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'
                         r"(?<!\w)'(?:\\.|[^'\\\n])+'", re.DOTALL)
    return literal.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), code)


def body_after(code, at):
    """The text between the braces that open next."""
    begin = code.find("{", at)
    depth = 0
    for place in range(begin, len(code)) if begin >= 0 else ():
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if depth == 0:
            return code[begin:place]
    return ""


def asserting(bare):
    """What a test of this file asserts with: the macros, and helpers that use them."""
    helpers = [match.group(1) for match in HELPER.finditer(bare) if ASSERTS.search(body_after(bare, match.end()))]
    return re.compile("|".join([ASSERTS.pattern, *(rf"\b{name}\(" for name in helpers)]))


@functools.lru_cache(maxsize=None)  # the self-test reads the same text again and again
def read_file(path, text):
    """[(requirement, place)] of one file and what is wrong in it."""
    shown, problems = [], []
    lines = text.split("\n")
    bare = without_texts(text)
    asserts = asserting(bare)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for number, line in enumerate(lines):
        place = f"{path}:{number + 1}"
        strict = STRICT.fullmatch(line)
        if not strict:
            if MEANT.search(line):
                problems.append(f"{place}: not of the form `// shows: S4-20, S4-21`")
            continue
        below = number + 1
        while below < len(lines) and re.match(r"\s*//", lines[below]):
            below += 1
        # The macro may be broken over two lines.
        macro = MACRO.match("\n".join(lines[below:below + 2]))
        if not macro:
            problems.append(f"{place}: no test follows")
            continue
        body = body_after(bare, starts[below])
        if macro.group(1).startswith("DISABLED_") or macro.group(2).startswith("DISABLED_") or SKIPS in body:
            problems.append(f"{place}: the test is not always run")
        elif not asserts.search(body):
            problems.append(f"{place}: the test asserts nothing")
        else:
            shown += [(one, place) for one in strict.group(1).split(", ")]
    return shown, problems


def programs_of_ctest(build, folder=""):
    """Programs that ctest runs whole, relative to the build directory."""
    path = os.path.join(build, folder, "CTestTestfile.cmake")
    if not os.path.isfile(path):
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, command in re.findall(r"^add_test\((\S+) (.*)\)$", text, re.MULTILINE):
        properties = re.search(rf"^set_tests_properties\({re.escape(name)} PROPERTIES (.*)\)$", text, re.MULTILINE)
        words = re.findall(r'"([^"]*)"', command)
        if len(words) == 1 and not (properties and ' DISABLED ' in properties.group(1)):
            yield os.path.relpath(words[0], build)
    for below in re.findall(r'^subdirs\("(.*)"\)$', text, re.MULTILINE):
        yield from programs_of_ctest(build, os.path.join(folder, below))


def compiled_sources(build):
    """Sources of the repository that are part of a program run by ctest."""
    subprocess.run(["ninja", "-C", build, "build.ninja"], check=True, capture_output=True)  # as CMake would now
    found = set()
    for program in programs_of_ctest(build):
        inputs = subprocess.run(["ninja", "-C", build, "-t", "inputs", program], capture_output=True, text=True)
        if inputs.returncode == 0:  # else a script
            found |= {os.path.relpath(line, ROOT) for line in inputs.stdout.splitlines() if line.startswith(ROOT + "/")}
    return found


def check(texts, compiled, items, required):
    """{requirement: [place]} and what is wrong."""
    shown, problems = {}, []
    for path, text in sorted(texts.items()):
        found, wrong = read_file(path, text)
        problems += wrong
        if found and path not in compiled:
            problems.append(f"{path}: shows requirements and is in no program that ctest runs")
            continue
        for one, place in found:
            shown.setdefault(one, []).append(place)
    for one in sorted(shown):
        if one not in items:
            problems.append(f"{shown[one][0]}: there is no requirement {one}")
    for one in required:
        if one not in items:
            problems.append(f"tests/checks/required_ids.txt: there is no requirement {one}")
        elif not any(place.startswith("tests/e2e/") for place in shown.get(one, [])):
            problems.append(f"{one} is required and no test in tests/e2e shows it: {items[one]}")
    return shown, problems


def self_test(texts, compiled, items, required):
    """How many ways of breaking a required requirement's proof go unnoticed."""
    shown, _ = check(texts, compiled, items, required)
    unnoticed = tried = 0

    def expect(what, one, told, changed_texts, changed_compiled=compiled):
        nonlocal unnoticed, tried
        tried += 1
        problems = check(changed_texts, changed_compiled, items, required)[1]
        if not any(told in problem for problem in problems) or \
                not any(problem.startswith(f"{one} is required") for problem in problems):
            unnoticed += 1
            print(f"{one}: {what} was not found")

    for one in required:
        places = [place.split(":") for place in shown.get(one, []) if place.startswith("tests/e2e/")]
        here = {path for path, _ in places}
        expect("the file left out of the program", one, "in no program", texts, compiled - here)

        def broken(change):
            changed = dict(texts)
            for path, number in places:
                lines = changed[path].split("\n")
                change(lines, int(number) - 1)
                changed[path] = "\n".join(lines)
            return changed

        def at_macro(pattern, text):
            def change(lines, at):
                below = next(i for i in range(at, len(lines)) if MACRO.match("\n".join(lines[i:i + 2])))
                lines[below] = re.sub(pattern, text, lines[below], count=1)
            return change

        def no_assertions(lines, at):
            asserts = asserting(without_texts("\n".join(lines)))
            opened = next(i for i in range(at, len(lines)) if "{" in lines[i])
            end = opened if lines[opened].endswith("}") else lines.index("}", opened)
            for i in range(at + 1, end + 1):
                lines[i] = asserts.sub("Ignore(", lines[i])

        def in_body(text):
            def change(lines, at):
                below = next(i for i in range(at, len(lines)) if "{" in lines[i])
                lines[below] = lines[below].replace("{", "{ " + text, 1)
            return change

        def replace(pattern, text):
            def change(lines, at):
                lines[at] = re.sub(pattern, text, lines[at])
            return change

        expect("a test that is disabled", one, "not always run", broken(at_macro(r"TEST(_F)?\(", r"TEST\1(DISABLED_")))
        expect("a test that skips itself", one, "not always run", broken(in_body(f"{SKIPS}(); ")))
        expect("a test without assertions", one, "asserts nothing", broken(no_assertions))
        expect("a comment without a test", one, "no test follows", broken(at_macro(r"TEST", "NOTHING")))
        expect("a comment of another form", one, "not of the form", broken(replace("// shows: ", "// shows ")))
        expect("a comment after code", one, "not of the form", broken(replace("^", "int number; ")))
        expect("ids without commas", one, "not of the form", broken(replace(r"$", " S0-01")))
        expect("a comment that was removed", one, f"{one} is required", broken(replace(".*", "")))
    print(f"{tried} proofs broken on purpose: {unnoticed} not noticed")
    return unnoticed


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with open(os.path.join(ROOT, "tests/requirements.csv"), encoding="utf-8", newline="") as file:
        items = {row["id"]: row["item"] for row in csv.DictReader(file)}
    required = [line.strip() for line in read("tests/checks/required_ids.txt").splitlines()
                if line.strip() and not line.startswith("#")]
    texts = {path: read(path) for path in files("tests/*.cc", "services/*.cc")}
    compiled = compiled_sources(os.path.abspath(sys.argv[1]))
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(texts, compiled, items, required) else 0)
    shown, problems = check(texts, compiled, items, required)
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
