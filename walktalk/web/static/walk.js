// What the page of a walk can do beyond being read. All of it works without this script.
"use strict";

(() => {
  const here = document.body.dataset.here;
  const byId = (id) => document.getElementById(id);
  const show = (id) => {
    byId(id).hidden = false;
  };
  const store = `walk ${here}`;
  const canKeep = location.pathname.startsWith("/w/") && "caches" in window && "serviceWorker" in navigator;

  // The device's own maps: an address of its own kind where "geo:" opens nothing.
  const openIn = (link) => {
    const pair = link.dataset.pair;
    if (/iPhone|iPad|Macintosh/.test(navigator.userAgent)) {
      link.href = `https://maps.apple.com/?q=${pair}`;
    } else if (!/Android/.test(navigator.userAgent)) {
      link.href = `https://www.google.com/maps/search/?api=1&query=${pair}`;
    }
    link.rel = "noreferrer";
  };

  // The map that can be moved comes when it is in sight. Until then its drawing stands there.
  const frame = document.querySelector(".map"); // none where the walk is called off
  const load = (address) =>
    new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false; // one after the other
      script.addEventListener("load", done);
      script.addEventListener("error", fail);
      document.head.append(script);
    });
  let loaded = null;
  const moving = () => {
    loaded ||= Promise.all(frame.dataset.scripts.split(" ").map(load)).catch(() => {});
    return loaded;
  };
  if (frame) {
    openIn(byId("own-map"));
    show("two-fingers");
    new IntersectionObserver((seen) => {
      if (seen.some((each) => each.isIntersecting)) moving();
    }).observe(frame);
  }

  // What the browser has of its own accord goes at the server's word, without a signal a bit later.
  const clearCache = () =>
    fetch(`${here}/removed`).catch(() => {
      window.addEventListener("online", clearCache, { once: true });
    });

  // Kept on the phone.
  const remove = async () => {
    await caches.delete(store);
    const kept = await navigator.serviceWorker.getRegistration(here);
    if (kept) await kept.unregister();
    byId("remove").hidden = true;
    byId("is-kept").hidden = true;
    show("removed");
    byId("removed").focus();
    clearCache();
  };

  // Tiles of a street map that came before anything could keep them come once more, unasked for
  // elsewhere: the browser still has them.
  const keepSeenTiles = async () => {
    const worker = navigator.serviceWorker;
    if (!worker.controller) {
      await new Promise((done) => {
        worker.addEventListener("controllerchange", done, { once: true });
      });
    }
    for (const tile of document.querySelectorAll("img.leaflet-tile-loaded")) {
      fetch(tile.src).catch(() => {});
    }
  };

  const keep = async () => {
    const wasKept = navigator.serviceWorker.controller !== null;
    const kept = await navigator.serviceWorker.register(`${here}/keep.js`, { scope: here });
    if (wasKept) kept.update().catch(() => {});
    await navigator.serviceWorker.ready;
    show("kept");
    keepSeenTiles();
    byId("remove").addEventListener("click", remove);
  };

  // What was seen last time, beside what is so now: the walk, and what is said on every walk.
  const told = () => {
    const state = document.querySelector("h1").textContent;
    const when = byId("when").textContent;
    const walk = `${state}: ${when}, ${byId("place").textContent}`;
    return { walk, ...byId("changed-note").dataset, when };
  };
  const showChange = (before, now) => {
    const lines = byId("change").content.cloneNode(true);
    const nothing = byId("changes").dataset.nothing;
    const [old, current] = lines.querySelectorAll("span");
    old.textContent = before || nothing;
    current.textContent = now || nothing;
    byId("changes").append(lines);
  };
  const compare = async () => {
    const kept = await caches.open(store);
    const seen = await kept.match(`${here}/seen`);
    const before = seen ? await seen.json().catch(() => ({})) : {};
    const now = told();
    const note = () => kept.put(`${here}/seen`, new Response(JSON.stringify({ ...before, ...now })));
    const changed = Object.keys(now).filter((name) => name in before && before[name] !== now[name]);
    if (changed.length === 0) {
      await note();
      return;
    }
    for (const name of changed) {
      if (name !== "when") showChange(before[name], now[name]); // the line of the walk holds it
    }
    if (changed.includes("when") && byId("calendar-note")) show("calendar-note");
    show("changed-note");
    byId("seen").addEventListener("click", async () => {
      await note();
      byId("changed-note").hidden = true;
      document.querySelector("h1").focus();
    });
  };

  // Shown again, by going back or after a while out of sight, the page may be an old one.
  const askAnew = async () => {
    const answer = await fetch(location.pathname, { cache: "no-cache" }).catch(() => null);
    if (!answer || answer.status >= 500) return;
    const isSame =
      answer.ok && (await answer.text()).includes(`data-version="${document.body.dataset.version}"`);
    if (!isSame) location.reload();
  };
  if (location.pathname.startsWith("/w/")) {
    const [arrival] = performance.getEntriesByType("navigation");
    if (arrival && arrival.type === "back_forward") askAnew();
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) askAnew();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") askAnew();
    });
  }

  if (canKeep) {
    keep()
      .then(compare)
      .catch(() => {});
  }

  // Where am I: worked out by the device, told to nobody.
  const METRES_A_DEGREE = 111320;
  const NEAR_M = 150;
  const away = (spot, at) => {
    const up = (Number(spot.dataset.lat) - at.latitude) * METRES_A_DEGREE;
    const across = (Number(spot.dataset.lon) - at.longitude) * METRES_A_DEGREE;
    return Math.hypot(up, across * Math.cos((at.latitude * Math.PI) / 180));
  };

  // The page brings the sentences, in its own language; what changes stands in braces.
  const sentence = (name, values = {}) =>
    byId("own").dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // Metres in the page's own two units, and from how many of the short one the long one is said.
  const howFar = (metres) => {
    const [short, long, from] = byId("own").dataset.units.split(" ").map(Number);
    const tens = Math.round(metres / short / 10) * 10;
    if (tens < from) return sentence("far", { far: tens });
    const language = document.documentElement.lang;
    const decimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return sentence("farther", { far: (metres / long).toLocaleString(language, decimal) });
  };

  let dot = null;
  const draw = async (at) => {
    await moving();
    const box = document.querySelector(".walk-map");
    if (!box || !box.map) return;
    if (dot) dot.remove();
    const place = [at.latitude, at.longitude];
    dot = L.layerGroup([
      L.circle(place, { radius: at.accuracy, className: "own-area", interactive: false }),
      L.circleMarker(place, { radius: 8, className: "own-dot", interactive: false }),
    ]).addTo(box.map);
    box.map.panTo(place, { animate: false });
  };

  const tell = (at) => {
    const spots = [...document.querySelectorAll(".spots > li")];
    const nearest = spots.reduce((best, each) => (away(each, at) < away(best, at) ? each : best));
    const pair = `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`;
    const far = away(nearest, at);
    const isNear = far <= NEAR_M;
    const around = Math.round(at.accuracy);
    byId("own-said").textContent = [
      sentence("at", { pair, around }),
      isNear ? sentence("near") : howFar(far),
    ].join(" ");
    byId("help-here").textContent = [
      sentence("here", { pair }),
      isNear ? sentence("nearYou", { what: nearest.textContent.replace(/\s+/g, " ").trim() }) : "",
    ].join(" ");
    for (const each of spots) each.classList.toggle("nearest", each === nearest && isNear);
    draw(at);
  };

  if (frame && "geolocation" in navigator) {
    show("own");
    byId("find-me").addEventListener("click", () => {
      byId("own-said").textContent = sentence("looking");
      navigator.geolocation.getCurrentPosition(
        (found) => tell(found.coords),
        () => {
          byId("own-said").textContent = sentence("refused");
        },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 5000 },
      );
    });
  }
})();
