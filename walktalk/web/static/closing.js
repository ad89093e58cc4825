// Taps on an area's drawing fill in where a closed path begins and ends.
"use strict";

const drawing = document.querySelector("[data-closing] svg");
const fields = ["position", "position_to"].map((id) => document.getElementById(id));
const said = document.getElementById("closing-said");

const mark = (point, name) => {
  const space = "http://www.w3.org/2000/svg";
  drawing.querySelector(`[data-tap="${name}"]`)?.remove();
  const group = document.createElementNS(space, "g");
  group.setAttribute("class", "sketch-start");
  group.dataset.tap = name;
  group.setAttribute("transform", `translate(${point.x} ${point.y})`);
  for (const [kind, radius] of [["ring", 9], ["dot", 4]]) {
    const circle = document.createElementNS(space, "circle");
    circle.setAttribute("class", kind);
    circle.setAttribute("r", radius);
    group.append(circle);
  }
  drawing.append(group);
};

let taps = 0;
drawing?.addEventListener("click", (event) => {
  const { point, words } = tapOn(drawing, event);
  const second = taps % 2 === 1;
  if (!second) {
    document.getElementById("place").value = "";
    fields[1].value = "";
    drawing.querySelector('[data-tap="position_to"]')?.remove();
  }
  document.querySelector(`input[name=extent][value=${second ? "between" : "whole"}]`).checked = true;
  const field = fields[second ? 1 : 0];
  field.value = words;
  mark(point, field.id);
  said.textContent = second
    ? "From the first tap to the second, by the shortest way. Tap again to begin anew."
    : "The whole path that you tapped. A second tap marks the other end.";
  taps += 1;
});
