// Where on the ground a tap on a park's drawing lies, for the scripts that are loaded after this one.
"use strict";

const tapOn = (drawing, event) => {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(
    drawing.getScreenCTM().inverse(),
  );
  const box = drawing.viewBox.baseVal;
  const { lon, lat, across, up } = drawing.dataset;
  const east = Number(lon) + (point.x - box.width / 2) / Number(across);
  const north = Number(lat) - (point.y - box.height / 2) / Number(up);
  return { point, words: `${north.toFixed(6)}, ${east.toFixed(6)}` };
};
