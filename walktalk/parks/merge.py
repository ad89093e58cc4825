"""Importing again: what came from OpenStreetMap is renewed, what people recorded is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from walktalk.parks.integrity import MEETING_POINT_REACH_M
from walktalk.parks.merge_paths import (
    LookedAt,
    MergeSummary,
    is_by_hand,
    merge_paths,
    note_change,
)
from walktalk.parks.merge_routes import merge_routes
from walktalk.parks.merge_starts import cut_where_walks_begin
from walktalk.parks.model import (
    Area,
    BackgroundShape,
    Note,
    Path,
    Place,
    Source,
)


def merge_areas(old: Area, new: Area, inside: LookedAt | None = None) -> tuple[Area, MergeSummary]:
    """Lay a new import over what is there.

    Facts and positions whose source is not OpenStreetMap stay as they are, notes and the area's
    name too. A path is the same when its id is, else when it lies within 3 m of the old one all
    along: then it keeps the old id. A path that OpenStreetMap no longer has stays when a person
    recorded something about it. A stored route whose path has gone is set apart, flagged. What lies
    where the import did not look stays as it is.

    Args:
        old: the area as recorded so far.
        new: the same area, freshly imported.
        inside: whether a position was looked at; ``None`` for everywhere.

    Returns:
        The merged area and what changed.
    """
    old = _with_dated_sources(old, new)
    new = cut_where_walks_begin(old, new)
    summary = MergeSummary()
    paths = merge_paths(old.paths, new.paths, summary, inside)
    places = _merge_places(old, new, paths, summary, inside)
    routes, lost = merge_routes(old, paths, places, summary)
    merged = replace(
        new,
        id=old.id,
        name=old.name,
        about=old.about or new.about,
        paths=paths,
        places=places,
        routes=routes,
        lost_routes=lost,
        background=_background(old, new, inside),
        notes=tuple(dict.fromkeys((*old.notes, *new.notes))),
        searched={**old.searched, **new.searched},
        ways_in=tuple(
            way
            for way in old.ways_in
            if {way.place, way.to} <= set(places) and set(way.path_ids) <= set(paths)
        ),
    )
    return replace(merged, sources=_sources_of(merged)), summary


def _background(old: Area, new: Area, inside: LookedAt | None) -> tuple[BackgroundShape, ...]:
    """Return what lies around: the new, and of the old what reaches beyond the ground looked at."""
    if inside is None or all(any(map(inside, p.coordinates)) for p in old.paths.values()):
        return new.background
    beyond = [s for s in old.background if not all(inside(p) for ring in s.rings for p in ring)]
    kept = {"boundary"} if any(shape.kind == "boundary" for shape in beyond) else set()
    return (*(shape for shape in new.background if shape.kind not in kept), *beyond)


def _merge_places(
    old: Area,
    new: Area,
    paths: Mapping[str, Path],
    summary: MergeSummary,
    inside: LookedAt | None,
) -> dict[str, Place]:
    network = replace(new, paths=paths).network
    merged: dict[str, Place] = {}
    for place in old.places.values():
        fresh = new.places.get(place.id)
        reached = network.snap(place.position).distance_m <= MEETING_POINT_REACH_M
        if fresh is not None:
            after = _place_by_hand(place, fresh)
            note_change(place, after, summary)
            merged[place.id] = after
        elif (place.is_meeting_point and reached) or (
            is_by_hand(place.sources["geometry"]) and not place.is_meeting_point
        ):
            summary.kept.append(place.id)
            merged[place.id] = place
        elif inside is not None and not inside(place.position):
            merged[place.id] = place
        else:
            summary.gone.append(place.id)
    for place in new.places.values():
        if place.id not in merged:
            summary.added.append(place.id)
            merged[place.id] = place
    return merged


def _place_by_hand(before: Place, after: Place) -> Place:
    held = {
        name: before.sources[name]
        for name in before.facts
        if name in before.sources and is_by_hand(before.sources[name])
    }
    if is_by_hand(before.sources["geometry"]):
        return replace(
            before,
            facts={**after.facts, **{name: before.facts[name] for name in held}},
            sources={**after.sources, **held, "geometry": before.sources["geometry"]},
        )
    return replace(
        after,
        facts={**after.facts, **{name: before.facts[name] for name in held}},
        sources={**after.sources, **held},
    )


def _with_dated_sources(old: Area, new: Area) -> Area:
    """Give a source of the old area another id where the new one uses it for a newer state."""
    renamed = {
        source.id: replace(source, id=f"{source.id}-{source.as_of.replace('/', '-')}")
        for source in old.sources.values()
        if new.sources.get(source.id, source) != source
    }
    if not renamed:
        return old

    def dated(source: Source) -> Source:
        return renamed.get(source.id, source)

    return replace(
        old,
        paths={path.id: _resourced(path, renamed) for path in old.paths.values()},
        places={place.id: _resourced_place(place, renamed) for place in old.places.values()},
        notes=tuple(Note(n.text, n.checks, dated(n.source)) for n in old.notes),
        searched={kind: dated(source) for kind, source in old.searched.items()},
        ways_in=tuple(replace(way, source=dated(way.source)) for way in old.ways_in),
    )


def _resourced(path: Path, renamed: Mapping[str, Source]) -> Path:
    return replace(
        path,
        sources=_renamed(path.sources, renamed),
        barriers=tuple(
            replace(b, source=renamed.get(b.source.id, b.source)) for b in path.barriers
        ),
        crossings=tuple(
            replace(c, source=renamed.get(c.source.id, c.source)) for c in path.crossings
        ),
    )


def _resourced_place(place: Place, renamed: Mapping[str, Source]) -> Place:
    return replace(place, sources=_renamed(place.sources, renamed))


def _renamed(sources: Mapping[str, Source], renamed: Mapping[str, Source]) -> dict[str, Source]:
    return {name: renamed.get(source.id, source) for name, source in sources.items()}


def _sources_of(area: Area) -> dict[str, Source]:
    items: Iterable[Path | Place] = (*area.paths.values(), *area.places.values())
    used = [source for item in items for source in item.sources.values()]
    used += [barrier.source for path in area.paths.values() for barrier in path.barriers]
    used += [crossing.source for path in area.paths.values() for crossing in path.crossings]
    used += [note.source for note in area.notes]
    used += list(area.searched.values())
    used += [way.source for way in area.ways_in]
    used += [shape.source for shape in area.background if shape.source is not None]
    return {source.id: source for source in used}
