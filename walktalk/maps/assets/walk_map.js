// What a map of a walk has beside folium's: the ground, marks and names, controls and gestures.
// One finger scrolls the page, two fingers move and zoom the map, a mouse drags it.
// The wheel scrolls the page; with Ctrl held it zooms.
// A place whose name found no room shows it on a tap, or when the map is close.
function walkMap(map, drawn) {
  var box = map.getContainer();
  box.map = map;

  function pane(name, order) { map.createPane(name).style.zIndex = order; return name; }
  function overlay(paths, name) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", drawn.view.join(" "));
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("class", "ground");
    svg.innerHTML = paths;
    L.svgOverlay(svg, drawn.bounds, {pane: name}).addTo(map);
  }
  if (drawn.view) {
    overlay(drawn.ground, pane("ground", 100)); // beneath Leaflet's tiles, at 200
    overlay(drawn.paths, pane("paths", 300)); // above them, and beneath its lines, at 400
  }
  function put(marks, name) {
    marks.forEach(function (mark) {
      var icon = L.divIcon({className: mark[2], html: mark[3], iconSize: [0, 0]});
      L.marker([mark[0], mark[1]], {icon: icon, keyboard: false, interactive: false, pane: name})
        .addTo(map);
    });
  }
  put(drawn.names, pane("names", 450));
  put(drawn.marks, "markerPane");

  L.control.zoom({zoomInTitle: drawn.words.closer, zoomOutTitle: drawn.words.farther}).addTo(map);
  L.control.scale(drawn.units).addTo(map);
  L.control.attribution({prefix: false}).addAttribution(drawn.notice).addTo(map);
  var north = L.control({position: "topright"});
  north.onAdd = function () {
    var sign = L.DomUtil.create("div", "map-north");
    sign.innerHTML = '<svg viewBox="-8 -12 16 20" aria-hidden="true">' +
      '<path d="M0 -10L6 6L0 2.5L-6 6Z"/></svg>';
    sign.append(drawn.words.north);
    return sign;
  };
  north.addTo(map);

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
  // Names have the room that they have when the whole walk shows: farther away they go.
  var whole = map.getZoom();
  function showNames() {
    box.classList.toggle("map-close", map.getZoom() >= Math.max(17.5, whole + 0.5));
    box.classList.toggle("map-far", map.getZoom() < whole - 0.25);
  }
  map.on("zoomend", showNames);
  map.whenReady(showNames);
  window.addEventListener("beforeprint", function () { map.invalidateSize(false); });
}
