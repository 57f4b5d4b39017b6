"""Style that can be checked is a test: sizes, words, rooms, mirrors, imports."""

from __future__ import annotations

import ast
import re

from tidy.house import (
    PACKAGE,
    ROOT,
    import_contract,
    imported_names,
    python_files,
    relative,
    repository_files,
    source_files,
    tree,
)

FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70
ROOM_NAMES_REFUSED = {"utils", "util", "common", "helpers", "helper", "base", "misc", "shared", "lib"}
SHELL = {"__main__", "entrypoints", "node", "bulk", "adapters", "desk"}
"""Where I/O, time and randomness may live; every other layer is pure."""

WORDED = {".py", ".md", ".toml", ".txt", ".ftl", ".yml", ".yaml", ".cfg", ".ini", ".sql", ""}
"""Suffixes of files that people write; data and vectors may hold any letters."""

# The patterns are put together from parts, so that this file passes its own test.
MARKERS = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
TICKETS = re.compile(r"(?i)\bissue\s" + r"#\d")
HOSTS = re.compile(
    r"(?i)\b(?:"
    + "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("debian", "org"),
            ("crates", "io"),
            ("golang", "org"),
        ]
    )
    + r")\b"
)
PLACES = re.compile(r"(?<![\w.~-])/(?:" + "|".join(["wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers"]) + r")/\w")


def test_no_file_is_longer_than_a_person_reads_in_one_sitting() -> None:
    long_files = {
        relative(path): lines
        for path in python_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES_MAX
    }
    assert long_files == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long_functions = {
        f"{relative(path)}:{node.name}": lines
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    }
    assert long_functions == {}


def _found(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    found = []
    for path in repository_files():
        if suffixes is not None and path.suffix not in suffixes:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # pictures and packed data hold no words
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{relative(path)}:{number}: {match.group()}")
    return found


def test_nothing_is_left_for_later_in_a_comment() -> None:
    assert _found(MARKERS, WORDED) == []


def test_no_ticket_number_stands_in_a_file() -> None:
    assert _found(TICKETS, WORDED) == []


def test_no_registry_is_named() -> None:
    assert _found(HOSTS) == []


def test_no_path_of_somebodys_machine_is_written_down() -> None:
    assert _found(PLACES, WORDED) == []


def test_the_patterns_find_what_they_are_for() -> None:
    assert MARKERS.search("# " + "TO" + "DO later")
    assert TICKETS.search("see issue " + "#12")
    assert HOSTS.search("https://files." + "pythonhosted" + ".org/x")
    assert PLACES.search('open("/' + 'home/somebody/key")')
    assert not PLACES.search("https://example.org/path/ho" + "me/page")


def _packages() -> list[str]:
    return sorted({relative(path.parent) for path in source_files()})


def test_every_room_is_furnished_and_says_what_it_is() -> None:
    wrong = []
    for package in _packages():
        entry = ROOT / package / "__init__.py"
        if not entry.exists() or not ast.get_docstring(tree(entry)):
            wrong.append(f"{package}: no __init__.py that says what the room is")
        if sum(1 for path in (ROOT / package).rglob("*.py")) < 2:
            wrong.append(f"{package}: an empty room")
    assert wrong == []


def test_no_room_or_file_is_a_drawer_for_odds_and_ends() -> None:
    parts = {part for path in source_files() for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert parts & ROOM_NAMES_REFUSED == set()


def _listed_without_test() -> dict[str, str]:
    listed = {}
    for line in (ROOT / "tests/tidy/without_own_test.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, _, reason = line.partition(": ")
            listed[path] = reason.strip()
    return listed


def _needs_a_test(path: str) -> bool:
    """A package's entry file that only names and explains holds nothing to test."""
    if not path.endswith("__init__.py"):
        return True
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree(ROOT / path).body)


def _has_own_test(path: str) -> bool:
    parts = path.removeprefix("src/armslength/").removesuffix(".py").split("/")
    names = {f"test_{'_'.join(parts[start:])}.py" for start in range(len(parts))} | {f"test_{parts[0]}_{parts[-1]}.py"}
    folder = ROOT / "tests" / "unit" / (parts[0] if len(parts) > 1 else "")
    return any(candidate.name in names for candidate in folder.rglob("test_*.py"))


def test_every_source_file_has_its_own_test_or_stands_in_the_list() -> None:
    listed = _listed_without_test()
    paths = [relative(path) for path in source_files()]
    missing = [path for path in paths if _needs_a_test(path) and not _has_own_test(path) and path not in listed]
    assert missing == []


def test_the_list_of_files_without_own_test_is_true_and_has_reasons() -> None:
    stale = [path for path in _listed_without_test() if not (ROOT / path).exists() or _has_own_test(path)]
    unreasoned = [path for path, reason in _listed_without_test().items() if len(reason) < 20]
    assert (stale, unreasoned) == ([], [])


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in python_files("tests") if path.name.startswith("test_")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _room(path: str) -> str:
    return path.removeprefix("src/armslength/").split("/")[0].removesuffix(".py")


def _named(rooms: set[str] | None, forbidden: set[str], but: frozenset[str] = frozenset()) -> list[str]:
    found = []
    for path in source_files():
        room = _room(relative(path))
        if (rooms is not None and room not in rooms) or room in but:
            continue
        found += [
            f"{relative(path)}: {name}"
            for name in imported_names(path)
            if any(name == top or name.startswith(f"{top}.") for top in forbidden)
        ]
    return found


def _layer_names() -> set[str]:
    return {name.strip(" ()") for layer in import_contract("layers")["layers"] for name in layer.split("|")}


def test_the_contract_for_pure_rooms_names_every_pure_room() -> None:
    named = {module.split(".")[1] for module in import_contract("pure")["source_modules"]}
    assert named == _layer_names() - SHELL


def test_pure_rooms_name_nothing_that_touches_the_world() -> None:
    forbidden = set(import_contract("pure")["forbidden_modules"])
    assert _named(_layer_names() - SHELL, forbidden) == []


def test_cryptography_is_named_in_core_and_adapters_only() -> None:
    assert _named(None, {"cryptography"}, but=frozenset({"core", "adapters"})) == []


def test_only_the_composition_roots_name_an_adapter() -> None:
    assert _named(None, {"armslength.adapters"}, but=frozenset({"adapters", "node", "bulk"})) == []


def test_the_source_raises_and_never_asserts() -> None:
    asserts = [
        f"{relative(path)}:{node.lineno}"
        for path in source_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert)
    ]
    assert asserts == []
