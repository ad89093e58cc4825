// The page that walks along. What is seen is kept on the phone and sent when there is a signal.
"use strict";

(() => {
  const SURE_M = 50; // a phone less sure than that says nothing about which path one is on
  const NEAR_M = 40; // farther from every path, one is on none
  const STAYS_M = 8; // another path must be nearer by so much before one is said to be on it
  const APART_M = 10; // places this near are one
  const TOLD_FROM_M = 5; // nearer than this, a path is where one is
  const GAP_M = 60; // where the phone saw nothing for so long, the shortest way is taken
  const OTHERS = 4;
  const byId = (id) => document.getElementById(id);
  const given = (id) => JSON.parse(byId(id).textContent);
  const here = document.body.dataset.area;
  const land = given("ground");
  const ground = recceGround(land);
  const sights = new Map(given("sights").map((each) => [each.id, each]));
  const map = recceMap(land, ground);
  const { day, today, keep, tryAgain, cannotKeep } = recceWaiting();

  let open = { day: today(), trail: [], seen: [] }; // since the last point; never sent
  let place = null; // { path, at, off, error, isChosen }: error is 0 where somebody tapped
  let candidates = [];
  let leaves = false; // whether somebody was asked before a stretch is left without an answer

  // Where one is, and what was walked

  const ways = new Map();
  const way = (from, to) => {
    const key = `${from.path} ${from.at} ${to.path} ${to.at}`;
    if (!ways.has(key)) ways.set(key, ground.way(from, to));
    return ways.get(key);
  };
  const steps = () => open.trail.slice(1).map((to, i) => way(open.trail[i], to));
  const stretch = () => ground.covered(steps().flatMap((each) => each || []));
  const hasGap = () => steps().some((each) => !each || ground.metres(each) > GAP_M);
  const inWords = (metres) => `${metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10} m`;

  const keepOpen = () => recceStore.keepStretch(here, open).catch(() => {});
  const tell = (id, words) => {
    if (byId(id).textContent !== words) byId(id).textContent = words; // else it is read out again
  };
  const whereInWords = () => {
    const path = ground.words(place.path);
    if (place.off < TOLD_FROM_M) return `You are on ${path}.`;
    const off = inWords(TOLD_FROM_M * Math.round(place.off / TOLD_FROM_M));
    return `You are on ${path}, ${off} from where ${place.error ? "the phone says" : "you tapped"}.`;
  };
  const show = () => {
    if (place) tell("where", whereInWords());
    byId("choice").hidden = candidates.length < 2;
    for (const button of document.querySelectorAll("[data-sight]")) button.disabled = !place;
    const metres = ground.metres(stretch());
    const begun = open.trail.length > 0;
    byId("fine").disabled = metres < 1;
    byId("start").textContent = begun ? "Start anew from here" : "Start from here";
    byId("start").disabled = !place;
    tell("stretch", begun ? `${inWords(metres)} since the last point.` : "Say where it starts.");
    leaves = false;
    map.show(place, open.trail[0], stretch());
  };

  const step = (to) => {
    const before = open.trail.at(-1);
    if (!before) return;
    const isNear = before.path === to.path && Math.abs(before.at - to.at) < APART_M;
    if (isNear && open.trail.length > 1) open.trail.pop();
    open.trail.push({ path: to.path, at: to.at });
    keepOpen();
  };

  const choose = (to) => {
    place = to;
    step(to);
    show();
  };

  // Says onto which path a position falls; it may be changed.
  const be = (position, error) => {
    const feet = ground.nearest(position);
    if (feet[0].off > NEAR_M) {
      byId("where").textContent = `You are ${inWords(feet[0].off)} from every path known here. Tap the path that you are on.`;
      return;
    }
    const same = place && error && feet.find((each) => each.path === place.path);
    const isChosen = place !== null && place.isChosen;
    const stays = same && same.off <= feet[0].off + STAYS_M + (isChosen ? error : 0);
    const reach = feet[0].off + Math.max(error, APART_M);
    candidates = feet.filter((each) => each.off <= reach).slice(0, OTHERS);
    choose({ ...(stays ? { ...same, isChosen } : feet[0]), error });
  };

  const other = () => {
    const at = candidates.findIndex((each) => each.path === place.path);
    const next = candidates[(at + 1) % candidates.length];
    if (open.trail.length > 1) open.trail.pop();
    else if (open.trail.length) open.trail = [{ path: next.path, at: next.at }];
    choose({ ...next, error: place.error, isChosen: true });
  };

  let watch = null;
  let isFirst = false;
  const found = ({ coords }) => {
    if (coords.accuracy > SURE_M) {
      byId("where").textContent = `The phone is only sure to ${inWords(coords.accuracy)}. That is too rough: wait a moment, or tap the map.`;
      return;
    }
    if (isFirst) map.goNear();
    isFirst = false;
    be([coords.longitude, coords.latitude], Math.max(1, coords.accuracy));
  };
  const lost = () => {
    byId("where").textContent = "The phone does not say where it is. Tap the map where you are.";
  };
  const options = { enableHighAccuracy: true, timeout: 20000, maximumAge: 5000 };
  const follow = (isOn) => {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = isOn ? navigator.geolocation.watchPosition(found, lost, options) : null;
  };
  const isFollowed = () => byId("find").getAttribute("aria-pressed") === "true";
  byId("find").hidden = !("geolocation" in navigator);
  byId("find").addEventListener("click", () => {
    byId("find").setAttribute("aria-pressed", String(!isFollowed()));
    byId("where").textContent = isFollowed() ? "Looking." : "The phone has stopped looking.";
    isFirst = isFollowed();
    follow(isFollowed());
  });

  document.addEventListener("visibilitychange", () => {
    if (isFollowed()) follow(document.visibilityState === "visible");
  });
  map.onTap((at) => be(at, 0));
  byId("other").addEventListener("click", other);

  const list = byId("path");
  for (const path of land.paths) list.add(new Option(`${path.words}, ${inWords(path.length_m)}`, path.id));
  for (const button of document.querySelectorAll("[data-share]")) {
    button.addEventListener("click", () => {
      const path = ground.paths.get(list.value);
      if (!path) return;
      candidates = [];
      choose({ path: path.id, at: Number(button.dataset.share) * path.length_m, off: 0, error: 0 });
    });
  }

  const startAnew = () => {
    open = { day: today(), trail: place ? [{ path: place.path, at: place.at }] : [], seen: [] };
    map.clear();
    keepOpen();
    show();
  };
  byId("start").addEventListener("click", () => {
    const metres = ground.metres(stretch());
    if (metres < 1 || leaves) {
      startAnew();
      return;
    }
    leaves = true;
    tell("stretch", `Nothing is said yet of ${inWords(metres)}. Tap once more to leave them.`);
  });

  // What is put down

  const newKey = () => {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    const hex = bytes.map((each) => each.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // said: [fact, value, stretches]; each stretch is sent once, whatever is said of it.
  const entry = (said) => {
    const where = [];
    const numbers = new Map();
    const number = (each) => {
      const key = `${each.path} ${each.from} ${each.to}`;
      if (!numbers.has(key)) {
        const [from, to] = [each.from, each.to].map((metres) => Math.round(metres * 10) / 10);
        numbers.set(key, where.push([each.path, from, to, ground.line(each)]) - 1);
      }
      return numbers.get(key);
    };
    const facts = said
      .filter(([, , some]) => some.length)
      .map(([fact, value, some]) => [fact, value, some.map(number)]);
    return { key: newKey(), area: here, seen_on: day(), where, said: facts };
  };

  const measured = (field, most, least, unit) => {
    const text = byId(field).value.trim().replace(",", ".");
    const error = byId(`${field}-error`);
    const value = Number(text);
    const isWrong = text !== "" && !(value >= least && value <= most && (unit > 1 || value % 1 === 0));
    error.hidden = !isWrong;
    if (!isWrong) return text === "" ? null : value / unit;
    const asked = unit > 1 ? `Is it really ${text} cm? From ${least} cm to ${most / 100} m is taken.` : `Give a whole number from ${least} to ${most}.`;
    error.textContent = `${asked} Leave it empty if you did not ${unit > 1 ? "measure" : "count"}.`;
    byId(field).focus();
    return undefined;
  };

  let sight = null;
  const whereIsSight = () => {
    byId("sight-where").textContent = `On ${ground.words(place.path)}.`;
    byId("sight-other").hidden = candidates.length < 2;
  };
  const openSight = (id) => {
    sight = sights.get(id);
    byId("sight-title").textContent = sight.words;
    whereIsSight();
    const { figure, kinds } = sight;
    byId("figure").hidden = !figure;
    byId("figure").querySelector("label").textContent = figure ? figure.words : "";
    byId("number").value = "";
    byId("number-error").hidden = true;
    byId("kinds").hidden = !kinds.length;
    byId("kind").replaceChildren(
      ...kinds.map(([value, words]) => new Option(words, value)),
    );
    reccePhoto.reset();
    byId("sight").showModal();
    byId("keep-sight").focus();
  };
  for (const button of document.querySelectorAll("[data-sight]")) {
    button.addEventListener("click", () => openSight(button.dataset.sight));
  }
  byId("sight-other").addEventListener("click", () => {
    other();
    whereIsSight();
  });
  byId("keep-sight").addEventListener("click", async () => {
    const { figure } = sight;
    const number = figure ? measured("number", figure.most, figure.least, figure.per_unit) : null;
    if (number === undefined) return;
    const photo = await reccePhoto.read();
    if (photo === undefined) return;
    const at = place;
    const part = ground.around(at, sight.around_m);
    const said = [[sight.fact, sight.kinds.length ? byId("kind").value : sight.value, [part]]];
    if (number !== null) said.push([figure.fact, number, [part]]);
    byId("sight").close();
    if (!(await keep(sight.words, entry(said), photo))) return;
    open.seen.push(...said.map(([fact]) => ({ fact, ...part })));
    keepOpen();
    map.mark(at);
  });

  byId("fine").addEventListener("click", () => {
    const metres = inWords(ground.metres(stretch()));
    const gap = hasGap() ? " The phone did not follow all of it: look at the map whether it is the way you went." : "";
    byId("statements-where").textContent = `${metres}, marked on the map.${gap}`;
    byId("statements").querySelector("form").reset();
    byId("nothing-said").hidden = byId("width-error").hidden = true;
    byId("statements").showModal();
    byId("statements").scrollTop = 0;
  });
  byId("keep-statements").addEventListener("click", async () => {
    const width = measured("width", 2000, 50, 100);
    if (width === undefined) return;
    const some = stretch();
    const rest = (fact) => ground.without(some, open.seen.filter((each) => each.fact === fact));
    const said = [...document.querySelectorAll(".asked")]
      .map((each) => [each.dataset.fact, each.querySelector("input:checked").value])
      .filter(([, value]) => value)
      .map(([fact, value]) => [fact, value, rest(fact)]);
    if (width !== null) said.push(["width_m", width, rest("width_m")]);
    byId("nothing-said").hidden = said.length > 0;
    if (!said.length) return;
    byId("statements").close();
    if (await keep(`${inWords(ground.metres(some))} walked`, entry(said))) startAnew();
  });

  // What somebody would like to know about, as a link says behind its "#"

  const wanted = decodeURIComponent(location.hash.slice(1))
    .split(",")
    .filter((id) => ground.paths.has(id));
  map.want(wanted);
  byId("wanted-note").hidden = wanted.length === 0;

  // As it was left, also where the phone ended the page

  const begin = async () => {
    const before = await recceStore.stretch(here);
    const isKnown = before && before.trail.every((each) => ground.paths.has(each.path));
    if (isKnown && before.day === today()) {
      open = before;
      place = open.trail.length ? { ...open.trail.at(-1), off: 0, error: 0 } : null;
      if (place) map.goNear();
      for (const each of open.seen) map.mark({ path: each.path, at: (each.from + each.to) / 2 });
    }
    show();
    tryAgain();
  };

  // The page itself, for when there is no signal
  const remember = async () => {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register("/on-foot/keep.js", { scope: "/on-foot/" });
    await navigator.serviceWorker.ready;
    const store = await caches.open("on foot");
    const page = await fetch(location.pathname, { cache: "no-store", redirect: "manual" });
    if (page.ok) await store.put(location.pathname, page);
  };
  const isRemembered = async () => {
    byId("kept").hidden = !("caches" in window && (await caches.match(location.pathname)));
  };
  begin().catch(cannotKeep);
  remember()
    .catch(() => {})
    .then(isRemembered);
})();
