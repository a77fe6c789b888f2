#!/usr/bin/python3
"""Compares the SQL in the code with deploy/sql/grants: a statement without its grant fails at run time, and a grant
that no statement needs is a right too many. Statements are read from the string literals of the code, so each must
name its table in the literal itself.
  grants.py          the check
  grants.py --write  writes the files of units and the services anew from the code (platform.sql is kept by hand)"""

import os
import re
import sys
from collections import defaultdict

from repository import ROOT, files, read

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
SERVICES = ("campaign", "scoring", "awards", "notify")
# Where each series keeps its tables and the code that every schema with these tables runs.
MIGRATIONS = {"platform": "services/platform/migrations/", "units": "services/platform/units/migrations/",
              **{service: f"services/{service}/migrations/" for service in SERVICES}}
MIGRATION_RUNNER = re.compile(r"services/platform/db/(migrate\.cc|migrate_main\.cc|migration_files\.cc)")
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
ADJACENT = re.compile(r'"\s*(?://[^\n]*\n\s*)*"')
RAW = re.compile(r'R"(\w*)\((.*?)\)\1"', re.DOTALL)
TABLE = r"[`]?([a-z][a-z0-9_]*)[`]?"
KEYWORD = re.compile(r"\b(FROM|JOIN|INTO|UPDATE|DELETE|ON DUPLICATE)\b")
DYNAMIC = re.compile(r"\b(INTO|UPDATE|DELETE FROM|FROM|JOIN)\s+$")


def series_of(service):
    return ("platform", service) if service == "campaign" else ("platform", "units", service)


def tables():
    """Table -> the series that have one of that name."""
    found = defaultdict(set, {"schema_migrations": {"platform"}})
    for series, folder in MIGRATIONS.items():
        for path in files(folder + "*.sql"):
            text = re.sub(r"--[^\n]*", "", read(path))
            for name in re.findall(rf"CREATE TABLE (?:IF NOT EXISTS )?{TABLE}", text):
                found[name].add(series)
            for name in re.findall(rf"DROP TABLE (?:IF EXISTS )?{TABLE}", text):
                found[name].discard(series)
    return {name: series for name, series in found.items() if series}


def series_of_code(path):
    if path.startswith("services/platform/units/"):
        return "units"
    return path.split("/")[1]


def statements(path):
    """(line, SQL text) of the literals that hold SQL."""
    text = read(path)
    text = RAW.sub(lambda m: '"' + re.sub(r'["\\\n]', " ", m.group(2)) + '"' + "\n" * m.group(0).count("\n"), text)
    text = re.sub(r"^(\s*)//[^\n]*", r"\1", text, flags=re.MULTILINE)
    joined = ADJACENT.sub(lambda m: "\x00" * m.group(0).count("\n"), text)
    for match in LITERAL.finditer(joined):
        literal = match.group(0)[1:-1]
        if KEYWORD.search(literal):
            before = joined[:match.start()]
            yield before.count("\n") + before.count("\x00") + 1, literal.replace("\x00", " ")


def uses(sql):
    """(right, table) that a statement needs, for whatever word stands where a table may."""
    for name in re.findall(rf"\bINSERT (?:IGNORE )?INTO {TABLE}", sql):
        yield "INSERT", name
        if "ON DUPLICATE KEY UPDATE" in sql:
            yield "UPDATE", name
            yield "SELECT", name
        if " RETURNING " in sql:
            yield "SELECT", name
    for name in re.findall(rf"\bREPLACE INTO {TABLE}", sql):
        yield "INSERT", name
        yield "DELETE", name
    for name in re.findall(rf"(?<!KEY )(?<!FOR )\bUPDATE {TABLE}", sql):
        yield "UPDATE", name
        yield "SELECT", name
    for name in re.findall(rf"\bDELETE FROM {TABLE}", sql):
        yield "DELETE", name
        yield "SELECT", name
    for listed in re.findall(r"(?<!DELETE )\b(?:FROM|JOIN)\s+([^()]*?)(?=\bWHERE\b|\bON\b|\bORDER\b|\bGROUP\b|\(|\)|$)",
                             sql):
        for part in listed.split(","):
            name = re.match(rf"\s*{TABLE}", part)
            if name:
                yield "SELECT", name.group(1)


def granted(series, known, problems):
    """(right, table) of one grants file."""
    path = f"deploy/sql/grants/{series}.sql"
    rights = {}
    if path not in files(path):
        problems.append(f"{path}: missing")
        return rights
    text = re.sub(r"--[^\n]*", "", read(path))
    for statement in filter(None, (part.strip() for part in text.split(";"))):
        match = re.fullmatch(r"GRANT\s+(.+?)\s+ON\s+([a-z0-9_]+)\s+TO\s+@user@", statement, re.DOTALL)
        if not match:
            problems.append(f"{path}: not of the form GRANT … ON table TO @user@: {statement}")
            continue
        if not known.get(match.group(2), set()) & {"platform", "units", series}:
            problems.append(f"{path}: no such table: {match.group(2)}")
        for right in re.sub(r"\([^)]*\)", "", match.group(1)).split(","):
            if right.strip() not in RIGHTS:
                problems.append(f"{path}: not a right that a service may have: {right.strip()}")
            rights[(right.strip(), match.group(2))] = path
    return rights


def needs(known, problems):
    """series of the code -> (right, table) -> where."""
    found = defaultdict(dict)
    found["platform"][("SELECT", "schema_migrations")] = "services/platform/db/migrate.cc"  # CheckSchema
    for path in files("services/*.cc", "services/*.h"):
        if path.endswith("_test.cc") or MIGRATION_RUNNER.fullmatch(path):
            continue
        inserted = None  # a bulk INSERT has its VALUES made between two literals
        for line, sql in statements(path):
            inserts = re.findall(rf"\bINSERT (?:IGNORE )?INTO {TABLE}", sql)
            if inserts:
                inserted = inserts[-1]
            elif inserted in known and re.match(r"\s*ON DUPLICATE KEY UPDATE\b", sql):
                for right in ("SELECT", "UPDATE"):
                    found[series_of_code(path)].setdefault((right, inserted), f"{path}:{line}")
            if DYNAMIC.search(sql):
                problems.append(f"{path}:{line}: the table's name must stand in the statement itself: …{sql[-50:]}")
            for use in uses(sql):
                if use[1] in known:
                    found[series_of_code(path)].setdefault(use, f"{path}:{line}")
    return found


def write(known, need):
    shared = granted("platform", known, [])
    for series in MIGRATIONS:
        if series == "platform":
            continue
        rights = defaultdict(set)
        for right, table in need[series]:
            if (right, table) not in shared and known[table] & {"platform", "units", series}:
                rights[table].add(right)
        lines = [f"-- Written by tests/checks/grants.py --write: what the code of {series} does with each table."]
        for table in sorted(rights):
            ordered = [right for right in RIGHTS if right in rights[table]]
            lines.append(f"GRANT {', '.join(ordered)} ON {table} TO @user@;")
        with open(os.path.join(ROOT, f"deploy/sql/grants/{series}.sql"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def main():
    problems = []
    known = tables()
    need = needs(known, problems)
    if "--write" in sys.argv[1:]:
        write(known, need)
    grants = {series: granted(series, known, problems) for series in MIGRATIONS}
    for series, rights in grants.items():
        for (right, table), path in rights.items():
            if (right, table) not in need[series]:
                problems.append(f"{path}: nothing in the code of {series} needs {right} on {table}")
    for service in SERVICES:
        may = set().union(*(grants[series] for series in series_of(service)))
        for series in series_of(service):
            for (right, table), where in sorted(need[series].items()):
                if not known[table] & set(series_of(service)):
                    problems.append(f"{where}: {table} is not in the schema of {service}")
                elif (right, table) not in may:
                    problems.append(f"{where}: needs in deploy/sql/grants/{series}.sql: GRANT {right} ON {table}")
    for table, owners in known.items():
        for owner in owners:
            users = (owner,) if owner in SERVICES else tuple(MIGRATIONS)
            if not any((right, table) in need[user] for user in users for right in RIGHTS):
                problems.append(f"{MIGRATIONS[owner]}: no statement uses {table}")
    for problem in sorted(set(problems)):
        print(problem)
    print(f"{len(known)} tables, {sum(map(len, grants.values()))} rights, {len(set(problems))} problems")
    sys.exit(1 if problems else 0)


main()
