// Opens the page that is filled in where there is no line: as it was kept at the last visit (entry.js keeps it).
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const opens = request.mode === "navigate";
  if (!opens && !url.pathname.startsWith("/assets/") && !url.pathname.startsWith("/fonts/")) return;
  const kept = () => caches.match(opens ? "/entry/offline" : request);
  event.respondWith(fetch(request).catch(async (failure) => {
    const answer = await kept();
    if (answer) return answer;
    throw failure;
  }));
});
