"""``python -m tools.build_parks FACTS_DIR``: reads the facts, writes ``data/parks``.

With ``--check`` it writes nothing: it says whether the files are what it would write, and how far
the farthest of their paths lies from the lines of the facts.
"""

import argparse
import sys
from pathlib import Path

from tools.build_parks.areas import Built, build
from tools.build_parks.decisions import FILE, read_decisions
from tools.build_parks.errors import BuildError
from tools.build_parks.facts import Facts, read_facts
from tools.build_parks.lines_kept import lines_kept
from walktalk.parks import ParkDataError, load_area, read_area
from walktalk.parks.writer import area_text, area_to_geojson, write_text

OUT = Path(__file__).parent.parent.parent / "data" / "parks"


def main(argv: list[str] | None = None) -> int:
    """Build every area; nothing is written unless all of them can be.

    Returns:
        0, or 1 where the facts, the decisions or (``--check``) the files are not as they should be.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.build_parks", description=__doc__)
    parser.add_argument("facts", type=Path, help="the folder of facts")
    parser.add_argument("--out", type=Path, default=OUT, help="where the area files go")
    parser.add_argument("--decisions", type=Path, default=FILE, help="what people decided")
    parser.add_argument("--check", action="store_true", help="write nothing, prove what is there")
    arguments = parser.parse_args(argv)
    try:
        facts = read_facts(arguments.facts)
        built, catalogue = _built(facts, arguments.decisions)
        texts = {"catalogue.json": catalogue}
        for each in built:
            read_area(area_to_geojson(each.area), f"{each.area.id}.geojson")
            texts[f"{each.area.id}.geojson"] = area_text(each.area)
        if arguments.check:
            return _check(arguments.out, texts, facts)
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_text(arguments.out / name, text)
    except (BuildError, ParkDataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in map(_told, built):
        print(line)
    return 0


def _built(facts: Facts, decisions: Path) -> tuple[list[Built], str]:
    decided = read_decisions(decisions)
    try:
        return build(facts, decided)
    except BuildError as error:
        raise BuildError(f"{decisions}: {error}") from error


def _told(each: Built) -> str:
    area = each.area
    return f"{area.id}: {len(area.paths)} paths, left out {each.left_out_m:.0f} m"


def _check(folder: Path, texts: dict[str, str], facts: Facts) -> int:
    """Print whether the files of a folder are what would be written, and lie on the facts."""
    wrong = [
        f"{folder / name}: not what this command writes"
        for name, text in texts.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    files = sorted(folder.glob("*.geojson"))
    wrong += [f"{file}: no area of the decisions" for file in files if file.name not in texts]
    kept = lines_kept(map(load_area, files), facts)
    print(
        f"areas: {len(files)}; paths: {kept.paths}, {kept.kilometres:.1f} km; farthest from every "
        f"line of the facts: {kept.farthest_m:.2f} m; joined: {kept.joins} "
        f"({kept.longest_join_m:.1f} m at most)"
    )
    for line in (*wrong, *kept.off):
        print(line, file=sys.stderr)
    return 1 if wrong or kept.off else 0


if __name__ == "__main__":
    sys.exit(main())
