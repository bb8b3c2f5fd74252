{# Keeps the static shell for when the line is dead. Questions and answers never enter this cache. #}
"use strict";
const SHELL = "wenju-{{ asset('wenju.css')[-10:] }}-{{ asset('wenju.js')[-10:] }}";
const OFFLINE = "{{ url_for('device.offline') }}";
const FILES = [OFFLINE, "{{ asset('wenju.css') }}", "{{ asset('wenju.js') }}", "{{ asset('icon.svg') }}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  // Questions go past the worker: only then does the browser find the answer again when someone goes back to it.
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
  } else if (FILES.includes(url.pathname + url.search)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
