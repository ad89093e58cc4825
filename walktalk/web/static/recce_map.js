// The map of the page that walks along: where one is, what was walked, what was put down.
"use strict";

const recceMap = (land, ground) => {
  const SPANS = [120, 300, 700]; // metres across; then the whole area
  const NEAR = 1;
  const byId = (id) => document.getElementById(id);
  const map = byId("map");
  const whole = Math.max(land.width, land.height);
  let span = SPANS.length;
  let shown = { place: null, point: null, walked: [] };

  const xy = ([lon, lat]) => [
    land.width / 2 + (lon - land.lon) * land.across,
    land.height / 2 - (lat - land.lat) * land.up,
  ];
  const drawn = (line) =>
    `M${line.map((each) => xy(each).map((n) => n.toFixed(1)).join(" ")).join("L")}`;
  const unit = () => {
    const { width, height } = map.viewBox.baseVal;
    return Math.max(width / map.clientWidth, height / map.clientHeight);
  };
  const circle = (made, at, radius) => {
    const [cx, cy] = at ? xy(ground.position(at)) : [0, 0];
    const values = { cx, cy, r: at ? radius : 0 };
    for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  };

  const draw = () => {
    const { place, point, walked } = shown;
    const size = SPANS[span] || whole;
    const [x, y] =
      place && SPANS[span] ? xy(ground.position(place)) : [land.width / 2, land.height / 2];
    map.setAttribute("viewBox", `${x - size / 2} ${y - size / 2} ${size} ${size}`);
    byId("closer").disabled = span === 0;
    byId("wider").disabled = span === SPANS.length;
    circle(byId("here"), place, 9 * unit());
    circle(byId("point"), point, 8 * unit());
    circle(byId("error"), place, place ? place.error : 0);
    byId("picked").setAttribute("d", place ? drawn(ground.paths.get(place.path).line) : "");
    const lines = walked.map((each) => drawn(ground.line(each))).join("");
    for (const id of ["walked", "walked-edge"]) byId(id).setAttribute("d", lines);
  };

  // Shows where one is, the last point, and the stretches between.
  const show = (place, point, walked) => {
    shown = { place, point, walked };
    draw();
  };
  const goNear = () => {
    if (span > NEAR) span = NEAR;
  };

  // Says where somebody tapped, as longitude and latitude.
  const onTap = (told) => {
    map.addEventListener("click", (event) => {
      const screen = map.getScreenCTM().inverse();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen);
      const lon = land.lon + (at.x - land.width / 2) / land.across;
      const lat = land.lat - (at.y - land.height / 2) / land.up;
      if (span === SPANS.length) goNear(); // a park on a phone is too small to be tapped to the metre
      told([lon, lat]);
    });
  };

  const mark = (at) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    made.setAttribute("class", "recce-seen");
    circle(made, at, 5 * unit());
    byId("marks").append(made);
  };
  // Shows which paths somebody would like to know about.
  const want = (ids) => {
    const lines = ids.map((id) => drawn(ground.paths.get(id).line));
    byId("wanted").setAttribute("d", lines.join(""));
  };
  const clear = () => byId("marks").replaceChildren();

  for (const [id, by] of [["closer", -1], ["wider", 1]]) {
    byId(id).addEventListener("click", () => {
      span = Math.min(SPANS.length, Math.max(0, span + by));
      draw();
    });
  }
  return { show, goNear, onTap, mark, want, clear };
};
