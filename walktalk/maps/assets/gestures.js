// One finger scrolls the page, two fingers move and zoom the map, a mouse drags it.
// The wheel scrolls the page; with Ctrl held it zooms.
// A place whose name found no room shows it on a tap, or when the map is close.
(function (map) {
  var box = map.getContainer();
  box.map = map;
  box.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "mouse") { map.dragging.enable(); } else { map.dragging.disable(); }
  }, true);
  box.addEventListener("wheel", function (event) {
    if (event.ctrlKey) { map.scrollWheelZoom.enable(); } else { map.scrollWheelZoom.disable(); }
  }, {capture: true, passive: true});
  box.addEventListener("click", function (event) {
    var place = event.target.closest(".map-place");
    if (place) { place.classList.toggle("map-named"); }
  });
  function showNames() { box.classList.toggle("map-close", map.getZoom() >= 17.5); }
  map.on("zoomend", showNames);
  map.whenReady(showNames);
  window.addEventListener("beforeprint", function () { map.invalidateSize(false); });
})(THE_MAP);
