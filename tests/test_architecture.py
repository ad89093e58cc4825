"""Imports go one way: web, cli -> sessions -> maps -> routes -> parks."""

import ast
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
