// One finger scrolls the page, two fingers move and zoom the map, a mouse drags it.
// The wheel scrolls the page; with Ctrl held it zooms.
// Places show their names only when the map is close enough for them not to cover the walk.
(function (map) {
  var box = map.getContainer();
  box.map = map;
  box.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "mouse") { map.dragging.enable(); } else { map.dragging.disable(); }
  }, true);
  box.addEventListener("wheel", function (event) {
    if (event.ctrlKey) { map.scrollWheelZoom.enable(); } else { map.scrollWheelZoom.disable(); }
  }, {capture: true, passive: true});
  function showNames() { box.classList.toggle("map-close", map.getZoom() >= 17.5); }
  map.on("zoomend", showNames);
  map.whenReady(showNames);
  window.addEventListener("beforeprint", function () { map.invalidateSize(false); });
})(THE_MAP);
