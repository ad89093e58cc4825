"""``python -m tools.build_parks FACTS_DIR``: reads the facts, writes ``data/parks``."""

import argparse
import sys
from pathlib import Path

from tools.build_parks.areas import build
from tools.build_parks.decisions import read_decisions
from tools.build_parks.errors import BuildError
from tools.build_parks.facts import read_facts
from walktalk.parks import ParkDataError, read_area
from walktalk.parks.writer import area_to_geojson, write_area, write_text

OUT = Path(__file__).parent.parent.parent / "data" / "parks"


def main() -> int:
    """Build every area; nothing is written unless all of them can be."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_parks", description=__doc__)
    parser.add_argument("facts", type=Path, help="the folder of facts")
    parser.add_argument("--out", type=Path, default=OUT, help="where the area files go")
    arguments = parser.parse_args()
    try:
        built, catalogue = build(read_facts(arguments.facts), read_decisions())
        for each in built:
            read_area(area_to_geojson(each.area), f"{each.area.id}.geojson")
    except (BuildError, ParkDataError) as error:
        print(error, file=sys.stderr)
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_text(arguments.out / "catalogue.json", catalogue)
    for each in built:
        write_area(each.area, arguments.out / f"{each.area.id}.geojson")
        print(f"{each.area.id}: {len(each.area.paths)} paths, left out {each.left_out_m:.0f} m")
    return 0


if __name__ == "__main__":
    sys.exit(main())
