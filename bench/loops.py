"""Measures the planner and prints a table; asserts nothing.

    python -m bench.loops [EXTRACT ...] [--requests 100] [--generated 1000 10000 100000]
                          [--pictures FOLDER]

Networks: the OpenStreetMap extracts named, the project's own areas, and generated towns (random
points joined to their neighbours, half of the joins left out), which are no real places. Starts
are random nodes; sessions need 1.8 to 4.8 km of walking at 1 m/s. Every network is measured in a
process of its own on one core, the circle of waypoints beside the planner in the same one.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from bench.naturalness import Felt, felt
from bench.peer import CirclePlanner
from bench.worst import draw_worst
from walktalk.parks import Area, LonLat, import_osm, load_areas
from walktalk.parks import Path as Stretch
from walktalk.routes import NoWalkFits, WalkRequest, plan_walks
from walktalk.routes.allowed import allowed_paths, search_graph_for
from walktalk.routes.calm import calm_weights
from walktalk.routes.checks import path_verdicts
from walktalk.routes.reading import over_s, read_request
from walktalk.routes.search.loops import Effort
from walktalk.routes.search.measured import candidates_of
from walktalk.routes.search.pool import every_candidate
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


HEAVY = Effort(
    work_nodes=400_000,
    most_leads=200,
    least_leads=40,
    kept=3000,
    per_lead=40,
    good_loops=40,
    rounds=4,
    steps=12_000,
)


def heavy_cost(area: Area, request: WalkRequest) -> float:
    """Return the cost of the best walk that a much heavier search finds."""
    reading = read_request(area, request)
    allowed = allowed_paths(area, request, reading.avoid)
    search_graph = search_graph_for(area, request, reading, allowed, reading.snap)
    weights = calm_weights(area, request.preferences)
    usable = np.ones(len(search_graph.segments), dtype=bool)
    walks = every_candidate(
        area,
        search_graph,
        weights,
        usable,
        shape=request.shape,
        over_s=over_s(request),
        effort=HEAVY,
    )
    return next((walk.cost for walk in walks), math.inf)


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


def spread(values: list[float], digits: int) -> str:
    """Return the median and the 95th percentile."""
    if not values:
        return "-"
    median, high = np.percentile(values, [50, 95])
    return f"{median:.{digits}f} / {high:.{digits}f}"


COLUMNS = ("length error %", *(each.name for each in fields(Felt)), "gap %", "ms")


def print_row(who: str, columns: Mapping[str, list[float]]) -> None:
    """Print the median and the 95th percentile of each column, one line for a planner."""
    print(f"  {who:20}" + "".join(f"{spread(columns.get(each, []), 2):>16}" for each in COLUMNS))


def measure_planner(area: Area, requests: list[WalkRequest]) -> list[tuple[Felt, Sequence[LonLat]]]:
    """Print the planner's figures over requests without needs, and return its first walks."""
    columns: dict[str, list[float]] = {each: [] for each in COLUMNS}
    walks: list[tuple[Felt, Sequence[LonLat]]] = []
    rounds: list[float] = []
    refusals: list[float] = []
    late = 0
    for i, request in enumerate(requests):
        began = time.process_time()
        try:
            proposals = plan_walks(area, request)
        except NoWalkFits:
            refusals.append(1000 * (time.process_time() - began))
            continue
        if i:  # the first builds the area's arrays
            columns["ms"].append(1000 * (time.process_time() - began))
        best = proposals[0]
        late += sum(
            not request.minutes - 1 <= p.total_minutes <= request.minutes for p in proposals
        )
        feels = felt(area, best.route.legs)
        walks.append((feels, best.route.coordinates))
        for each in fields(Felt):
            columns[each.name].append(getattr(feels, each.name))
        if best.route.shape in ("loop", "lollipop"):
            wished = request.minutes - request.arrive_minutes - request.close_minutes
            columns["length error %"].append(100 * abs(wished - best.walking_minutes) / wished)
            rounds.append(feels.beside)
        if i < HEAVY_REQUESTS:
            heavy = min(best.cost, heavy_cost(area, request))
            columns["gap %"].append(100 * (best.cost / heavy - 1))
    print_row("planner", columns)
    print(f"    beside itself, loops and lollipops: {spread(rounds, 2)}; {late} not on time")
    print(f"    {len(refusals)} refused, ms {spread(refusals, 0)}")
    return walks


def measure_peer(area: Area, requests: list[WalkRequest], seed: int) -> None:
    """Print the figures of the circle of waypoints over the same requests."""
    peer = CirclePlanner(area.network)
    rng = np.random.default_rng(seed)
    number = {position: node for node, position in enumerate(area.network.nodes)}
    columns: dict[str, list[float]] = {each: [] for each in COLUMNS}
    for request in requests:
        wished = (request.minutes - 8) * 60.0
        start = number[request.start]  # type: ignore[index]
        began = time.process_time()
        length, legs = peer.plan(start, wished, float(rng.uniform(0, 2 * math.pi)))
        columns["ms"].append(1000 * (time.process_time() - began))
        columns["length error %"].append(100 * abs(length - wished) / wished)
        if legs:
            feels = felt(area, legs)
            for each in fields(Felt):
                columns[each.name].append(getattr(feels, each.name))
    print_row("circle of waypoints", columns)


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


def measure(area: Area, requests: int, needs: int, seed: int, pictures: Path | None) -> None:
    """Print everything measured on one network, and draw its ten worst walks."""
    network = area.network
    length: NDArray[np.float64] = network.lengths_m
    print(f"{area.name}: {len(length)} edges, {length.sum() / 1000:.0f} km; median / 95 %")
    print(" " * 22 + "".join(f"{each:>16}" for each in COLUMNS))
    built = _peak_mb()
    asked = requests_for(area, requests, seed, with_needs=False)
    walks = measure_planner(area, asked)
    measure_peer(area, asked, seed)
    print(f"    peak memory {_peak_mb():.0f} MB, of which {built:.0f} MB before planning")
    count_broken(area, requests_for(area, needs, seed + 1, with_needs=True))
    if pictures is not None and walks:
        pictures.mkdir(parents=True, exist_ok=True)
        draw_worst(area, walks, WORST, pictures / f"{area.id}.svg")
    print(flush=True)


def _peak_mb() -> float:
    """Return the most memory this process has held at once, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _extract(path: str, requests: int, needs: int, seed: int, pictures: Path | None) -> None:
    measure(import_osm(path), requests, needs, seed, pictures)


def _park(area_id: str, requests: int, needs: int, seed: int, pictures: Path | None) -> None:
    measure(load_areas(PARKS)[area_id], requests, needs, seed, pictures)


def _generated(edges: str, requests: int, needs: int, seed: int, pictures: Path | None) -> None:
    measure(town(int(edges), seed), requests, needs, seed, pictures)


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
    given = parser.parse_args()
    work: list[tuple[Callable[[str, int, int, int, Path | None], None], str]]
    work = [(_extract, path) for path in given.extracts]
    if not given.no_parks:
        work += [(_park, area_id) for area_id in load_areas(PARKS)]
    work += [(_generated, edges) for edges in given.generated]
    spawn = multiprocessing.get_context("spawn")
    for job, what in work:
        process = spawn.Process(
            target=job, args=(what, given.requests, given.needs, given.seed, given.pictures)
        )
        process.start()
        process.join()
    measure_cost(given.seed)


if __name__ == "__main__":
    main()
