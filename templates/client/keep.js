"use strict";
// Keeps one walk on this phone, so that it opens without a signal, until it is over or taken back.
const HERE = {{ here | tojson }};
const LANGUAGE = {{ language | tojson }};
const UNTIL = {{ until }};
const FILES = {{ files | tojson }};
const PHOTOGRAPHS = {{ photographs | tojson }};
const STATIC = {{ static | tojson }};
const STYLE = {{ style | tojson }};
const OVER = {{ over | tojson }};
const VERSION = {{ version | tojson }}; // another one is another script, which keeps everything anew
const STORE = `walk ${HERE}`;
const SAVED_AT = "Saved-At";
const PAGES = [HERE, `${HERE}/print`];
const TILES = `${HERE}/tiles/`;
const MOST_TILES = 150; // what was seen of a street map; older ones go
const PATIENCE_MS = 5000; // a signal that takes longer than this counts as none

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === HERE || FILES.includes(url.pathname) || isPhotograph(url.pathname)) {
    event.respondWith(fromServer(event.request, url.pathname));
  } else if (url.pathname.startsWith(TILES)) {
    event.respondWith(tile(event.request, url.pathname));
  } else if (STATIC.includes(url.pathname)) {
    event.respondWith(fromStore(url.pathname).then((kept) => kept || fetch(event.request)));
  }
});

async function keepAll() {
  const answers = await Promise.all(
    [HERE, ...FILES, ...PHOTOGRAPHS, ...STATIC].map(async (address) => {
      const answer = await fetch(address, { cache: "no-cache" });
      if (!answer.ok) throw new Error("not complete");
      return [address, answer];
    }),
  );
  const store = await caches.open(STORE);
  await Promise.all(answers.map(([address, answer]) => keep(store, address, answer)));
  for (const { url } of await store.keys()) {
    const path = new URL(url).pathname;
    if (isPhotograph(path) && !PHOTOGRAPHS.includes(path)) await store.delete(path);
  }
}

function isPhotograph(path) {
  return path.startsWith(`${HERE}/photo-`);
}

async function keep(store, path, answer) {
  const headers = new Headers(answer.headers);
  headers.set(SAVED_AT, String(Date.now()));
  await store.put(path, new Response(await answer.blob(), { headers }));
}

// Asks anew also where the browser would show what it had: a walk may have moved since.
async function fromServer(request, path) {
  let answer;
  try {
    answer = await soon(fetch(request, { cache: "no-cache" }));
  } catch {
    return (await fromPhone(path, "no-signal")) || Response.error();
  }
  if (answer.status >= 500) return (await fromPhone(path, "no-answer")) || answer;
  if (answer.status === 404) await (isPhotograph(path) ? drop(path) : forget());
  if (answer.ok && (await caches.has(STORE))) {
    await keep(await caches.open(STORE), path, answer.clone());
  }
  return answer;
}

async function tile(request, path) {
  let answer;
  try {
    answer = await soon(fetch(request));
  } catch {
    answer = Response.error();
  }
  if (answer.type === "error" || answer.status >= 500) {
    return (Date.now() < UNTIL && (await fromStore(path))) || answer;
  }
  const mayKeep = answer.ok && !/no-store/.test(answer.headers.get("Cache-Control"));
  if (mayKeep && (await caches.has(STORE))) { // gone, it was removed from this phone
    const store = await caches.open(STORE);
    await store.put(path, answer.clone());
    const kept = (await store.keys()).filter((each) => new URL(each.url).pathname.startsWith(TILES));
    await Promise.all(kept.slice(0, -MOST_TILES).map((each) => store.delete(each)));
  }
  return answer;
}

async function fromPhone(path, why) {
  if (Date.now() >= UNTIL) {
    const page = await over();
    await forget();
    return page;
  }
  const kept = await fromStore(path);
  return kept && PAGES.includes(path) ? noted(kept, why) : kept;
}

// The page that says so brings its style with it: nothing is left here that it could load.
async function over() {
  const sheet = await fromStore(STYLE);
  const style = sheet ? await sheet.text() : "";
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const name = btoa(String.fromCharCode(...new Uint8Array(hash)));
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${name}'`,
    "Referrer-Policy": "no-referrer",
  };
  const page = OVER.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
  return new Response(page, { status: 404, headers });
}

async function noted(kept, why) {
  const moment = new Date(Number(kept.headers.get(SAVED_AT)));
  const words = moment.toLocaleString(LANGUAGE, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  });
  const page = (await kept.text())
    .replace('id="saved-note" hidden', 'id="saved-note"')
    .replace(`id="${why}" hidden`, `id="${why}"`)
    .replace('<span id="saved-at"></span>', words);
  return new Response(page, { headers: kept.headers });
}

function fromStore(path) {
  return caches.match(path, { cacheName: STORE }); // unlike open(), it makes no empty store
}

async function drop(path) {
  if (!(await caches.has(STORE))) return;
  const store = await caches.open(STORE);
  await store.delete(path);
}

async function forget() {
  await caches.delete(STORE);
  await self.registration.unregister();
}

function soon(promise) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), PATIENCE_MS));
  return Promise.race([promise, late]);
}
