"""Imports go one way: web, cli -> sessions -> maps -> routes -> parks."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import walktalk

PACKAGE = Path(walktalk.__file__).parent
ORDER = ["parks", "routes", "maps", "sessions", "web"]
BELOW_ALL = {"errors", "files", "resources", "settings", "spelling", "wording"}
EXTRA = {"web": {"areas", "servers"}, "sessions": {"servers"}}
PLAIN = {"parks", "routes", "maps"}
FRAMEWORKS = {"flask", "sqlalchemy", "alembic", "werkzeug"}


def imported_modules(source: Path) -> set[str]:
    """Return what a file imports; ``from walktalk import web`` imports ``walktalk.web``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: relative import"
            names.add(node.module or "")
            if node.module == "walktalk":
                names.update(f"walktalk.{alias.name}" for alias in node.names)
    return names


def test_a_room_is_seen_however_it_is_imported(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text("from walktalk import web\nimport walktalk.commands.parks")
    assert {"walktalk.web", "walktalk.commands.parks"} <= imported_modules(source)


@pytest.mark.parametrize("module", sorted(BELOW_ALL | {"areas", "servers"}))
def test_what_lies_below_all_rooms_imports_no_room_above_the_land(module: str) -> None:
    above = {"routes", "maps", "sessions", "web", "commands"}
    for name in imported_modules(PACKAGE / f"{module}.py"):
        assert name.split(".")[1:2] == [] or name.split(".")[1] not in above, name


@pytest.mark.parametrize("layer", ORDER)
def test_a_layer_imports_only_from_itself_and_those_below_it(layer: str) -> None:
    allowed = {*ORDER[: ORDER.index(layer) + 1], *BELOW_ALL, *EXTRA.get(layer, ())}
    for source in (PACKAGE / layer).rglob("*.py"):
        for name in imported_modules(source):
            parts = name.split(".")
            if parts[0] == "walktalk" and len(parts) > 1:
                assert parts[1] in allowed, f"{source.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("layer", sorted(PLAIN))
def test_the_land_the_walks_and_the_maps_know_neither_flask_nor_a_database(layer: str) -> None:
    for source in (PACKAGE / layer).rglob("*.py"):
        found = {name.split(".")[0] for name in imported_modules(source)} & FRAMEWORKS
        assert not found, f"{source.relative_to(PACKAGE)} imports {found}"


@pytest.mark.parametrize("layer", sorted(PLAIN))
def test_what_is_derived_from_an_area_is_kept_by_the_area_and_not_beside_it(layer: str) -> None:
    for source in (PACKAGE / layer).rglob("*.py"):
        assert "weakref" not in imported_modules(source), source.relative_to(PACKAGE)


def test_the_store_knows_nothing_of_what_is_agreed_in_it() -> None:
    for source in (PACKAGE / "sessions" / "store").rglob("*.py"):
        found = {name for name in imported_modules(source) if name.startswith("walktalk.sessions")}
        above = {name for name in found if not name.startswith("walktalk.sessions.store")}
        assert not above, f"{source.relative_to(PACKAGE)} imports {above}"


def test_every_module_of_the_land_the_walks_and_the_maps_can_be_imported_first() -> None:
    modules = {_name_of(source): source for source in PACKAGE.rglob("*.py")}
    needed = {
        name: _imported_with(name, source, modules)
        for name, source in modules.items()
        if name.split(".")[1:2] and name.split(".")[1] in PLAIN
    }
    TopologicalSorter(needed).prepare()  # refuses what goes round in a circle


def _name_of(source: Path) -> str:
    parts = source.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported_with(name: str, source: Path, modules: dict[str, Path]) -> set[str]:
    """Return what is imported when a module is, the packages that it is not in included."""
    found: set[str] = set()
    for node in ast.parse(source.read_text(encoding="utf-8")).body:  # not what waits for a call
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("walktalk"):
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(part if part in modules else str(node.module) for part in parts)
    packages = {".".join(each.split(".")[:end]) for each in found for end in range(1, 6)}
    return {each for each in packages if each in modules and not f"{name}.".startswith(f"{each}.")}
