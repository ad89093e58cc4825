// The paths of one area: where a position lies on them, and the way from one place to another.
// A place is { path, at }: a path's id and metres from its first point.
"use strict";

const recceGround = (area) => {
  const METRES_A_DEGREE = 111320;
  const DECIMALS = 1e6;
  const SPUR_M = 15; // a phone that is off by 10 m seems to step into paths beside the way
  const paths = new Map(area.paths.map((each) => [each.id, each]));
  const shrink = Math.cos((area.lat * Math.PI) / 180);
  const flat = ([lon, lat]) => [
    (lon - area.lon) * METRES_A_DEGREE * shrink,
    (lat - area.lat) * METRES_A_DEGREE,
  ];
  const byNode = new Map();
  for (const path of area.paths) {
    path.flat = path.line.map(flat);
    const marks = [0];
    for (let i = 1; i < path.flat.length; i += 1) {
      const [a, b] = [path.flat[i - 1], path.flat[i]];
      marks.push(marks[i - 1] + Math.hypot(b[0] - a[0], b[1] - a[1]));
    }
    const scale = marks.at(-1) ? path.length_m / marks.at(-1) : 0;
    path.marks = marks.map((each) => each * scale);
    path.ends.forEach((node, end) => {
      if (!byNode.has(node)) byNode.set(node, []);
      byNode.get(node).push({ path, end });
    });
  }

  const foot = (path, [x, y]) => {
    let best = { path: path.id, at: 0, off: Infinity };
    for (let i = 1; i < path.flat.length; i += 1) {
      const [[ax, ay], [bx, by]] = [path.flat[i - 1], path.flat[i]];
      const square = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = square ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square : 0;
      const share = Math.min(1, Math.max(0, along));
      const off = Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
      const at = path.marks[i - 1] + share * (path.marks[i] - path.marks[i - 1]);
      if (off < best.off) best = { path: path.id, at, off };
    }
    return best;
  };

  // Every path by how far it is from a position, the nearest first.
  const nearest = (position) => {
    const at = flat(position);
    return area.paths.map((path) => foot(path, at)).sort((a, b) => a.off - b.off);
  };

  const position = ({ path: id, at }) => {
    const path = paths.get(id);
    const after = Math.max(1, path.marks.findIndex((mark) => mark >= at));
    const [a, b] = [path.line[after - 1], path.line[after]];
    const length = path.marks[after] - path.marks[after - 1];
    const share = length ? Math.min(1, (at - path.marks[after - 1]) / length) : 0;
    return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  };

  const line = ({ path: id, from, to }) => {
    const path = paths.get(id);
    const between = path.line.filter((_, i) => path.marks[i] > from && path.marks[i] < to);
    const points = [position({ path: id, at: from }), ...between, position({ path: id, at: to })];
    return points.map((each) => each.map((degrees) => Math.round(degrees * DECIMALS) / DECIMALS));
  };

  // The shortest way from one place to another, as steps { path, from, to } in walking order.
  const way = (a, b) => {
    const direct = a.path === b.path ? Math.abs(a.at - b.at) : Infinity;
    const [start, goal] = [paths.get(a.path), paths.get(b.path)];
    const reached = new Map();
    const edge = new Map();
    const offer = (node, metres, step, before) => {
      if (edge.has(node) && edge.get(node).metres <= metres) return;
      edge.set(node, { metres, step, before });
    };
    start.ends.forEach((node, end) => {
      const to = end ? start.length_m : 0;
      offer(node, Math.abs(to - a.at), { path: a.path, from: a.at, to }, null);
    });
    while (edge.size) {
      const [node, found] = [...edge].reduce((x, y) => (y[1].metres < x[1].metres ? y : x));
      edge.delete(node);
      reached.set(node, found);
      for (const { path, end } of byNode.get(node)) {
        const other = path.ends[1 - end];
        if (reached.has(other)) continue;
        const [from, to] = end ? [path.length_m, 0] : [0, path.length_m];
        offer(other, found.metres + path.length_m, { path: path.id, from, to }, node);
      }
    }
    let best = { metres: direct, node: null, from: a.at };
    goal.ends.forEach((node, end) => {
      const from = end ? goal.length_m : 0;
      const there = reached.get(node);
      const metres = there ? there.metres + Math.abs(b.at - from) : Infinity;
      if (metres < best.metres) best = { metres, node, from };
    });
    if (best.metres === Infinity) return null;
    const steps = [{ path: b.path, from: best.from, to: b.at }];
    for (let node = best.node; node !== null; node = reached.get(node).before) {
      steps.unshift(reached.get(node).step);
    }
    return steps.filter((each) => each.from !== each.to);
  };

  // What some steps cover, without those into a path and out again at the same end that go no
  // deeper than a phone is wrong.
  const covered = (steps) => {
    const visits = [];
    for (const { path, from, to } of steps) {
      const last = visits.at(-1);
      const goesOn = last && last.path === path && last.to === from;
      const visit = goesOn ? visits.pop() : { path, from, low: from, high: from };
      Object.assign(visit, { to, low: Math.min(visit.low, to), high: Math.max(visit.high, to) });
      const isSpur = visit.to === visit.from && visit.high - visit.low <= SPUR_M;
      if (!isSpur || !visits.length) visits.push(visit);
    }
    return stretches(visits.map(({ path, low, high }) => ({ path, from: low, to: high })));
  };

  // Steps in any order as stretches { path, from, to } with from < to, none covering another.
  const stretches = (steps) => {
    const found = [];
    for (const id of new Set(steps.map((each) => each.path))) {
      const parts = steps
        .filter((each) => each.path === id)
        .map((each) => [Math.min(each.from, each.to), Math.max(each.from, each.to)])
        .sort((a, b) => a[0] - b[0]);
      let open = null;
      for (const [from, to] of parts) {
        if (open && from <= open.to + 1) open.to = Math.max(open.to, to);
        else found.push((open = { path: id, from, to }));
      }
    }
    return found.filter((each) => each.to - each.from >= 1);
  };

  // Stretches without those that something else was said of.
  const without = (some, others) =>
    others.reduce(
      (left, other) =>
        left.flatMap((each) => {
          if (each.path !== other.path) return [each];
          const before = { ...each, to: Math.min(each.to, other.from) };
          const after = { ...each, from: Math.max(each.from, other.to) };
          return [before, after].filter((part) => part.to - part.from >= 1);
        }),
      some,
    );

  const around = ({ path: id, at }, metres) => ({
    path: id,
    from: Math.max(0, at - metres),
    to: Math.min(paths.get(id).length_m, at + metres),
  });

  const metres = (some) => some.reduce((sum, each) => sum + Math.abs(each.to - each.from), 0);
  const words = (id) => paths.get(id).words;

  return { paths, nearest, position, line, way, covered, without, around, metres, words };
};
