// What the page of a walk can do beyond being read. All of it works without this script.
"use strict";

(() => {
  const here = document.body.dataset.here;
  const byId = (id) => document.getElementById(id);
  const show = (id) => {
    byId(id).hidden = false;
  };
  const over = Number(document.body.dataset.until); // of a page that is one file
  if (over && Date.now() >= over) {
    byId("content").replaceChildren(byId("over").content.cloneNode(true));
    return;
  }
  const store = `walk ${here}`;
  const canKeep = location.pathname.startsWith("/w/") && "caches" in window && "serviceWorker" in navigator;

  const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent) && !/Chrome/.test(navigator.userAgent);

  // The device's own maps: an address of its own kind where "geo:" opens nothing.
  const openIn = (link) => {
    const pair = link.dataset.pair;
    if (/iPhone|iPad|Macintosh/.test(navigator.userAgent)) {
      link.href = `https://maps.apple.com/?q=${pair}`;
    } else if (!/Android/.test(navigator.userAgent)) {
      link.href = link.dataset.choice;
    }
    link.rel = "noreferrer";
  };

  // Parts that fold: open on a wide screen and on paper, and where a link leads into one.
  const folds = [...document.querySelectorAll(".fold")];
  const openFolds = () => {
    for (const each of folds) each.open = true;
  };
  const openLinked = () => {
    const part = location.hash && byId(location.hash.slice(1));
    const fold = part && part.closest(".fold");
    if (!fold) return;
    fold.open = true;
    part.scrollIntoView();
    part.focus();
  };
  if (window.matchMedia("(min-width: 700px)").matches) openFolds();
  window.addEventListener("beforeprint", openFolds);
  window.addEventListener("hashchange", openLinked);
  for (const each of document.querySelectorAll("a[href^='#']")) {
    each.addEventListener("click", () => setTimeout(openLinked));
  }
  openLinked();

  // One tap copies, where the browser lets a page do it.
  for (const each of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    each.hidden = false;
    each.addEventListener("click", async () => {
      const said = each.parentElement.querySelector("[role=status]");
      await navigator.clipboard.writeText(each.dataset.copy);
      said.textContent = said.dataset.said;
    });
  }

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
    loaded ||= Promise.all(frame.dataset.scripts.split(" ").filter(Boolean).map(load)).catch(() => {});
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
    if (isApple) show("may-go");
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
  const showMoved = (before, now) => {
    const line = document.createElement("p");
    const values = { before, now };
    line.textContent = byId("changes").dataset.moved.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    byId("changes").append(line);
  };
  // Words that merely name the old time say nothing new beside the walk that has moved.
  const withoutFigures = (text) => (text || "").replace(/\d/g, "");
  const lastSeen = async () => {
    const seen = await caches.match(`${here}/seen`, { cacheName: store });
    return seen ? seen.json().catch(() => ({})) : {};
  };
  // A phone that has not been here is told of a move by the page itself, and the next time no more;
  // one that has, by what it saw last.
  const compare = async () => {
    const kept = await caches.open(store);
    const before = await lastSeen();
    const now = told();
    const note = () => kept.put(`${here}/seen`, new Response(JSON.stringify({ ...before, ...now })));
    const changed = Object.keys(now).filter((name) => name in before && before[name] !== now[name]);
    if (byId("moved") && !("when" in before)) {
      await note();
    } else if (changed.length === 0) {
      byId("changed-note").hidden = true;
      await note();
      return;
    } else if (byId("moved")) {
      byId("moved").remove();
    }
    const isMoved = changed.includes("when");
    for (const name of changed) {
      if (name === "when") continue; // the line of the walk holds it
      if (name === "walk" && isMoved && before.walk.replace(before.when, now.when) === now.walk) {
        showMoved(before.when, now.when);
      } else if (!isMoved || withoutFigures(before[name]) !== withoutFigures(now[name])) {
        showChange(before[name], now[name]);
      }
    }
    if (byId("calendar-note")) byId("calendar-note").hidden = !isMoved && byId("moved") === null;
    show("changed-note");
    byId("seen").addEventListener("click", async () => {
      await note();
      byId("changed-note").hidden = true;
      document.querySelector("h1").focus();
    });
  };
  const hideWhatIsSeen = async () => {
    const { when } = await lastSeen();
    if (byId("moved") && when === byId("when").textContent) byId("changed-note").hidden = true;
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
    hideWhatIsSeen()
      .then(keep)
      .then(compare)
      .catch(() => {});
  }

  // Where am I: worked out by the device, told to nobody.
  const METRES_A_DEGREE = 111320;
  const NEAR_M = 150;
  const ON_M = 30; // the width of a path with its verges, and of a phone's error in the open
  const ROUGH_M = 100; // as far apart as the points of the walk that are told
  const BOTH_M = 2000; // farther off, the walk would be a speck beside the place
  const LANGUAGE = document.documentElement.lang;
  const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false };
  const away = (spot, at) => {
    const up = (Number(spot.dataset.lat) - at.latitude) * METRES_A_DEGREE;
    const across = (Number(spot.dataset.lon) - at.longitude) * METRES_A_DEGREE;
    return Math.hypot(up, across * Math.cos((at.latitude * Math.PI) / 180));
  };

  // How far somebody is from the line of the walk, and which way from it: by the nearest of eight.
  const off = (at) => {
    const wide = METRES_A_DEGREE * Math.cos((at.latitude * Math.PI) / 180);
    const corners = byId("own").dataset.line.split(",").map((each) => {
      const [lat, lon] = each.split(" ").map(Number);
      return [(lon - at.longitude) * wide, (lat - at.latitude) * METRES_A_DEGREE];
    });
    let nearest = corners[0];
    corners.slice(1).forEach(([x, y], number) => {
      const [fromX, fromY] = corners[number];
      const [across, up] = [x - fromX, y - fromY];
      const length = across * across + up * up;
      const share = length ? Math.min(1, Math.max(0, -(fromX * across + fromY * up) / length)) : 0;
      const foot = [fromX + share * across, fromY + share * up];
      if (Math.hypot(...foot) < Math.hypot(...nearest)) nearest = foot;
    });
    const names = byId("own").dataset.compass.split(",");
    const eighth = Math.round((Math.atan2(-nearest[0], -nearest[1]) * 4) / Math.PI);
    return { far: Math.hypot(...nearest), way: names[(eighth + 8) % 8] };
  };

  // The page brings the sentences, in its own language; what changes stands in braces.
  const sentence = (name, values = {}) =>
    byId("own").dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // A map that moves asks for the streets where it goes, and so would tell where somebody is: before
  // it shows a place, the streets go. The drawn ground stays.
  const withoutStreets = (map) => {
    map.eachLayer((layer) => {
      if (!(layer instanceof L.TileLayer)) return;
      layer.remove();
      show("streets-off");
    });
  };

  // Metres in the page's own two units, and from how many of the short one the long one is said.
  const distance = (metres) => {
    const [short, long, from] = byId("own").dataset.units.split(" ").map(Number);
    const number = metres / short;
    const few = number < 100 ? Math.ceil(number) : Math.round(number / 10) * 10;
    if (few < from) return sentence("short", { number: few });
    return sentence("long", { number: (metres / long).toLocaleString(LANGUAGE, ONE_DECIMAL) });
  };

  let dot = null;
  const draw = async (at, far) => {
    await moving();
    const box = document.querySelector(".walk-map");
    if (!box || !box.map) return;
    const map = box.map;
    if (dot) dot.remove();
    dot = null;
    if (far > BOTH_M) return;
    withoutStreets(map);
    const place = [at.latitude, at.longitude];
    dot = L.layerGroup([
      L.circle(place, { radius: at.accuracy, className: "own-area", interactive: false }),
      L.circleMarker(place, { radius: 8, className: "own-dot", interactive: false }),
    ]).addTo(map);
    if (map.getBounds().contains(place)) return;
    const spots = [...document.querySelectorAll(".spots > li")];
    const walk = spots.map((each) => [Number(each.dataset.lat), Number(each.dataset.lon)]);
    map.fitBounds([...walk, place], { animate: false, padding: [24, 24] });
  };

  const paragraph = (text) => {
    const made = document.createElement("p");
    made.textContent = text;
    return made;
  };

  const tell = (at) => {
    const spots = [...document.querySelectorAll(".spots > li")];
    const nearest = spots.reduce((best, each) => (away(each, at) < away(best, at) ? each : best));
    const pair = `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`;
    const { far, way } = off(at);
    const isRough = at.accuracy > ROUGH_M;
    const isNear = far <= NEAR_M && !isRough;
    const isOn = far <= Math.max(ON_M, at.accuracy) && !isRough;
    const said = [sentence("at", { pair, around: distance(at.accuracy) })];
    if (isRough) said.push(sentence("rough"));
    if (isOn) said.unshift(nearest.querySelector(".whereabouts").textContent.trim(), sentence("near"));
    else if (far > (isRough ? at.accuracy : 0)) said.unshift(sentence("far", { far: distance(far), way }));
    byId("own-said").textContent = said.join(" ");
    byId("help-here").replaceChildren(paragraph(said.join(" ")));
    if (isNear) {
      const what = [...nearest.querySelectorAll("p")].map((each) => each.cloneNode(true));
      byId("help-here").append(paragraph(sentence("nearest")), ...what);
    }
    for (const each of spots) each.classList.toggle("nearest", each === nearest && isNear);
    draw(at, far);
  };

  const PART = "section, .fold";

  // Said where it was asked for; the other place shows the same and is not read out.
  const answers = [byId("own-said"), byId("help-here")];
  const findMe = (asked) => {
    for (const each of answers) {
      const isHere = each.closest(PART) === asked.closest(PART);
      each.setAttribute("aria-live", isHere ? "polite" : "off");
      each.textContent = sentence("looking");
    }
    navigator.geolocation.getCurrentPosition(
      (found) => tell(found.coords),
      () => {
        for (const each of answers) each.textContent = sentence("refused");
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 5000 },
    );
  };

  if (frame && "geolocation" in navigator) {
    for (const each of document.querySelectorAll(".find-me")) {
      each.closest("[hidden]").hidden = false;
      each.addEventListener("click", () => findMe(each));
    }
  }
})();
