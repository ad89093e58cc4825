// Taps on an area's drawing become points of a line; the list of points says the same in words.
"use strict";

const drawing = document.querySelector("[data-draw-on] svg");
const list = document.getElementById("points");
const told = document.getElementById("drawing-said");
const SPACE = "http://www.w3.org/2000/svg";
const steps = document.querySelector("[data-steps]");
const undone = [];

const points = () => list.value.split("\n").filter((line) => line.trim());

const placed = (line) => {
  const [lat, lon] = line.split(",").map(Number);
  const box = drawing.viewBox.baseVal;
  const { lon: middleLon, lat: middleLat, across, up } = drawing.dataset;
  return [
    box.width / 2 + (lon - Number(middleLon)) * Number(across),
    box.height / 2 - (lat - Number(middleLat)) * Number(up),
  ];
};

const show = () => {
  drawing.querySelector("[data-drawn]")?.remove();
  const group = document.createElementNS(SPACE, "g");
  group.dataset.drawn = "";
  const at = points().map(placed).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const line = document.createElementNS(SPACE, "polyline");
  line.setAttribute("class", "sketch-walk");
  line.setAttribute("fill", "none");
  line.setAttribute("points", at.map((point) => point.join(" ")).join(", "));
  group.append(line);
  for (const [x, y] of at) {
    const mark = document.createElementNS(SPACE, "g");
    mark.setAttribute("class", "sketch-start");
    mark.setAttribute("transform", `translate(${x} ${y})`);
    const dot = document.createElementNS(SPACE, "circle");
    dot.setAttribute("class", "dot");
    dot.setAttribute("r", 4);
    mark.append(dot);
    group.append(mark);
  }
  drawing.append(group);
  told.textContent = at.length === 1 ? "1 point." : `${at.length} points.`;
};

if (drawing && list) {
  steps.hidden = false;
  drawing.addEventListener("click", (event) => {
    const { words } = tapOn(drawing, event);
    list.value = [...points(), words].join("\n");
    undone.length = 0;
    show();
  });
  steps.addEventListener("click", (event) => {
    const step = event.target.dataset.step;
    const now = points();
    if (step === "undo" && now.length) undone.push(now.pop());
    if (step === "redo" && undone.length) now.push(undone.pop());
    list.value = now.join("\n");
    show();
  });
  list.addEventListener("input", () => {
    undone.length = 0;
    show();
  });
  show();
}
