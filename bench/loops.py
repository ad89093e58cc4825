"""Measures the planner and prints a table; asserts nothing.

    python -m bench.loops [EXTRACT ...] [--requests 100] [--generated 1000 10000 100000]
                          [--pictures FOLDER] [--out FOLDER]

Networks: the OpenStreetMap extracts named, the project's own areas, and generated towns (random
points joined to their neighbours, half of the joins left out), which are no real places. Starts
are random nodes; sessions need 1.8 to 4.8 km of walking at 1 m/s. Every network is measured in a
process of its own on one core, the circle of waypoints beside the planner in the same one. What
``--out`` keeps is compared by ``bench.figures``.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from bench.figures import keep, spread
from bench.heavy import heavy_costs
from bench.naturalness import Felt, felt
from bench.peer import CirclePlanner
from bench.worst import draw_worst
from walktalk.parks import Area, import_osm, load_areas
from walktalk.parks import Path as Stretch
from walktalk.routes import NoWalkFits, Route, WalkRequest, plan_walks
from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import path_verdicts
from walktalk.routes.reading import read_request
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.search_graph import SearchGraph
from walktalk.routes.search.walks import Move, Way, seconds_of

PARKS = Path(__file__).parents[1] / "data" / "parks"
WALK_M = (1800.0, 4800.0)
NEEDS = ("step-free", "firm-surface", "no-bikes", "away-from-roads", "lit")
SPACING_M = 80.0  # between the junctions of a generated town
SMALL_PARKS = 60
HEAVY_REQUESTS = 25
WORST = 10  # walks that are drawn


def town(edges: int, seed: int) -> Area:
    """Return a generated town with about so many paths."""
    rng = np.random.default_rng(seed)
    nodes = max(4, edges * 2 // 3)
    points = rng.random((nodes, 2)) * SPACING_M * math.sqrt(nodes)
    corners = Delaunay(points).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[np.sort(rng.permutation(len(pairs))[:edges])]
    lon = -2.08 + points[:, 0] / (111_200 * math.cos(math.radians(51.9)))
    lat = 51.9 + points[:, 1] / 111_200
    highways = rng.choice(
        ["footway", "path", "residential", "cycleway", "tertiary", "steps"],
        size=len(pairs),
        p=[0.4, 0.2, 0.25, 0.05, 0.07, 0.03],
    )
    paths = {}
    for i, (a, b) in enumerate(pairs.tolist()):
        line = ((float(lon[a]), float(lat[a])), (float(lon[b]), float(lat[b])))
        paths[f"p{i}"] = Stretch(f"p{i}", line, {"highway": str(highways[i]), "surface": "asphalt"})
    return Area(f"generated-{edges}", f"Generated, {edges} paths", paths)


def requests_for(area: Area, count: int, seed: int, with_needs: bool) -> list[WalkRequest]:
    """Return random requests from random nodes."""
    rng = np.random.default_rng(seed)
    nodes = area.network.nodes
    found = []
    for _ in range(count):
        needs = rng.choice(NEEDS, size=int(rng.integers(1, 3)), replace=False).tolist()
        found.append(
            WalkRequest(
                start=nodes[int(rng.integers(len(nodes)))],
                minutes=round(float(rng.uniform(*WALK_M)) / 60) + 8,
                needs=frozenset(needs) if with_needs else frozenset(),
            )
        )
    return found


SHARES = ("twice", "beside", "turns", "crossings", "calm", "main_road", "compact")
COLUMNS = ("time error %", *SHARES, "gap %", "ms")
COUNTS = ("walks", "turns nowhere", "stubs", "lollipops", "lollipops for a loop", "not on time")

Figures = dict[str, list[float] | int]
"""A list for each column, a number for each count, and what only one of the planners has."""


def no_figures() -> Figures:
    """Return columns and counts of nothing."""
    return {**{each: [] for each in COLUMNS}, **dict.fromkeys(COUNTS, 0)}


def add(figures: Figures, name: str, value: float) -> None:
    """Put a value in a column, or add it to a count."""
    held = figures[name]
    if isinstance(held, list):
        held.append(value)
    else:
        figures[name] = held + int(value)


def add_felt(figures: Figures, feels: Felt) -> None:
    """Put what a walk feels like in its columns."""
    for each in SHARES:
        add(figures, each, getattr(feels, each))
    add(figures, "walks", 1)
    add(figures, "turns nowhere", feels.turned_nowhere)
    add(figures, "stubs", feels.stubs)


def print_row(who: str, figures: Figures) -> None:
    """Print the median and the 95th percentile of each column, one line for a planner."""
    columns = [figures[each] for each in COLUMNS]
    print(f"  {who:20}" + "".join(f"{spread(c, 2):>16}" for c in columns if isinstance(c, list)))
    print("    " + ", ".join(f"{figures[each]} {each}" for each in COUNTS))


def measure_planner(
    area: Area, requests: list[WalkRequest]
) -> tuple[Figures, list[tuple[Felt, Route]]]:
    """Print the planner's figures over requests without needs; return them and its first walks."""
    figures = no_figures() | {"beside, rounds": [], "ms of a refusal": []}
    walks: list[tuple[Felt, Route]] = []
    for i, request in enumerate(requests):
        began = time.process_time()
        try:
            proposals = plan_walks(area, request)
        except NoWalkFits:
            add(figures, "ms of a refusal", 1000 * (time.process_time() - began))
            continue
        if i:  # the first builds the area's arrays
            add(figures, "ms", 1000 * (time.process_time() - began))
        best = proposals[0]
        late = sum(not request.minutes - 1 <= p.total_minutes <= request.minutes for p in proposals)
        add(figures, "not on time", late)
        feels = felt(area, best.route.legs)
        walks.append((feels, best.route))
        add_felt(figures, feels)
        is_lollipop = best.route.shape == "lollipop"
        add(figures, "lollipops", is_lollipop)
        if best.route.shape in ("loop", "lollipop"):
            wished = request.minutes - request.arrive_minutes - request.close_minutes
            add(figures, "time error %", 100 * abs(wished - best.walking_minutes) / wished)
            add(figures, "beside, rounds", feels.beside)
        if i < HEAVY_REQUESTS:
            heavy, loop = heavy_costs(area, request)
            add(figures, "gap %", 100 * (best.cost / min(best.cost, heavy) - 1))
            add(figures, "lollipops for a loop", is_lollipop and loop <= best.cost)
    print_row("planner", figures)
    rounds, refusals = figures["beside, rounds"], figures["ms of a refusal"]
    if isinstance(rounds, list) and isinstance(refusals, list):
        print(f"    beside itself, loops and lollipops: {spread(rounds, 2)}")
        print(f"    {len(refusals)} refused, ms {spread(refusals, 0)}")
    return figures, walks


def measure_peer(area: Area, requests: list[WalkRequest], seed: int) -> Figures:
    """Print and return the figures of the circle of waypoints over the same requests."""
    peer = CirclePlanner(area.network)
    rng = np.random.default_rng(seed)
    number = {position: node for node, position in enumerate(area.network.nodes)}
    figures = no_figures()
    for request in requests:
        wished = (request.minutes - 8) * 60.0
        start = number[request.start]  # type: ignore[index]
        began = time.process_time()
        length, legs = peer.plan(start, wished, float(rng.uniform(0, 2 * math.pi)))
        add(figures, "ms", 1000 * (time.process_time() - began))
        add(figures, "time error %", 100 * abs(length - wished) / wished)
        if legs:
            add_felt(figures, felt(area, legs))
    print_row("circle of waypoints", figures)
    return figures


def count_broken(area: Area, requests: list[WalkRequest]) -> None:
    """Print how many proposals use a path that breaks a need."""
    broken = planned = 0
    for request in requests:
        try:
            proposals = plan_walks(area, request)
        except NoWalkFits:
            continue
        planned += 1
        allowed, _ = path_verdicts(area, request.needs)
        edge = {path_id: i for i, path_id in enumerate(area.network.path_ids)}
        for proposal in proposals:
            used = [edge[leg.path_id] for leg in proposal.route.legs]
            broken += not allowed[used].all()
    print(f"  broken needs: {broken} in {len(requests)} requests ({planned} gave walks)")


def simple_loops(search_graph: SearchGraph) -> list[tuple[Move, ...]]:
    """Return every loop from the start that comes to no other node twice, depth first."""
    arcs = search_graph.arcs
    found: list[tuple[Move, ...]] = []
    waiting: list[tuple[int, frozenset[int], tuple[Move, ...]]] = [(0, frozenset(), ())]
    while waiting:
        node, seen, moves = waiting.pop()
        if seconds_of(search_graph, moves) > search_graph.budget_s:
            continue
        if node == 0 and moves:
            found.append(moves)
            continue
        for arc in range(int(arcs.row[node]), int(arcs.row[node + 1])):
            segment, end = int(arcs.segment[arc]), int(arcs.end[arc])
            if end in seen or any(segment == move[0] for move in moves):
                continue
            move = (segment, 0.0, 1.0) if arcs.is_forward[arc] else (segment, 1.0, 0.0)
            waiting.append((end, seen if end == 0 else seen | {end}, (*moves, move)))
    return found


def measure_cost(seed: int) -> None:
    """Print how far the best walk's cost is from the best of all loops, on small parks."""
    gaps = []
    for i in range(SMALL_PARKS):
        area = town(20 + i % 12, seed + i)
        minutes = 22 + i % 25
        request = WalkRequest(start=area.network.nodes[0], minutes=minutes, shape="loop")
        reading = read_request(area, request)
        allowed = allowed_paths(area, request, ())
        search_graph = search_graph_for(area, request, reading, allowed, reading.snap)
        weights = calm_weights(area, request.preferences)
        costs = [
            walk.cost
            for walk in candidates_of(
                search_graph,
                weights,
                [Way(moves, "loop", (0,)) for moves in simple_loops(search_graph)],
            )
            if walk.seconds >= search_graph.budget_s - 60
        ]
        if costs:
            gaps.append(100 * (plan_walks(area, request)[0].cost / min(costs) - 1))
    print(
        f"Cost above the best of all loops, {len(gaps)} small generated parks with loops on time:"
    )
    print(f"  % median / 95 %: {spread(gaps, 3)}, worst {max(gaps, default=0):.3f}")


@dataclass(frozen=True)
class Asked:
    """What is measured of each network.

    Attributes:
        requests: requests without needs.
        needs: requests with needs.
        seed: what makes them random.
        pictures: folder for pictures of the ten worst walks, if they are wanted.
        out: folder for what was measured, if it is to be kept.
    """

    requests: int
    needs: int
    seed: int
    pictures: Path | None
    out: Path | None


def measure(area: Area, asked: Asked) -> None:
    """Print everything measured on one network, keep it, and draw its ten worst walks."""
    network = area.network
    length: NDArray[np.float64] = network.lengths_m
    name = f"{area.name}: {len(length)} edges, {length.sum() / 1000:.0f} km"
    print(f"{name}; median / 95 %")
    print(" " * 22 + "".join(f"{each:>16}" for each in COLUMNS))
    built = _peak_mb()
    requests = requests_for(area, asked.requests, asked.seed, with_needs=False)
    ours, walks = measure_planner(area, requests)
    circle = measure_peer(area, requests, asked.seed)
    print(f"    peak memory {_peak_mb():.0f} MB, of which {built:.0f} MB before planning")
    count_broken(area, requests_for(area, asked.needs, asked.seed + 1, with_needs=True))
    if asked.out is not None:
        keep(asked.out, area.id, name, {"planner": ours, "circle": circle})
    if asked.pictures is not None and walks:
        asked.pictures.mkdir(parents=True, exist_ok=True)
        draw_worst(area, walks, WORST, asked.pictures / f"{area.id}.svg")
    print(flush=True)


def _peak_mb() -> float:
    """Return the most memory this process has held at once, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _extract(path: str, asked: Asked) -> None:
    measure(import_osm(path), asked)


def _park(area_id: str, asked: Asked) -> None:
    measure(load_areas(PARKS)[area_id], asked)


def _generated(edges: str, asked: Asked) -> None:
    measure(town(int(edges), asked.seed), asked)


def main() -> None:
    """Read the arguments and measure each network in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("extracts", nargs="*", help="OpenStreetMap extracts")
    parser.add_argument("--requests", type=int, default=100, help="requests a network")
    parser.add_argument("--needs", type=int, default=100, help="requests with needs a network")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generated", nargs="*", default=["1000", "10000", "100000"])
    parser.add_argument("--no-parks", action="store_true", help="leave out the project's areas")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the worst walks")
    parser.add_argument("--out", type=Path, help="folder for what is measured, to compare")
    given = parser.parse_args()
    asked = Asked(given.requests, given.needs, given.seed, given.pictures, given.out)
    work: list[tuple[Callable[[str, Asked], None], str]]
    work = [(_extract, path) for path in given.extracts]
    if not given.no_parks:
        work += [(_park, area_id) for area_id in load_areas(PARKS)]
    work += [(_generated, edges) for edges in given.generated]
    spawn = multiprocessing.get_context("spawn")
    for job, what in work:
        process = spawn.Process(target=job, args=(what, asked))
        process.start()
        process.join()
    measure_cost(given.seed)


if __name__ == "__main__":
    main()
