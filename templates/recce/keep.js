"use strict";
// Keeps the pages for walking on this phone, so that they open without a signal. What was seen is
// kept by the page itself, and none of it here.
const STATIC = {{ static | tojson }};
const STORE = "on foot";
const PATIENCE_MS = 5000; // a signal that takes longer than this counts as none

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(STATIC)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname.startsWith("/on-foot/")) {
    event.respondWith(page(event.request, url.pathname));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(fromStoreFirst(event.request, url.pathname));
  }
});

// A sign-in that has ended, and a server that fails, are no reason to leave somebody without a page
// in the park. Every other answer is shown as it is; only the page itself is kept.
async function page(request, path) {
  const answer = await soon(fetch(path, { cache: "no-store", redirect: "manual" })).catch(() => null);
  if (answer && answer.ok) {
    const store = await caches.open(STORE);
    await store.put(path, answer.clone());
    return answer;
  }
  const isNone = !answer || answer.type === "opaqueredirect" || answer.status >= 500;
  const kept = isNone ? await caches.match(path, { cacheName: STORE }) : null;
  return kept || answer || Response.error();
}

async function fromStoreFirst(request, path) {
  const kept = await caches.match(path, { cacheName: STORE });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const store = await caches.open(STORE);
    await store.put(path, answer.clone());
  }
  return answer;
}

function soon(promise) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), PATIENCE_MS));
  return Promise.race([promise, late]);
}
