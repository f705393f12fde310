// What this device keeps of sheets: as they were fetched, what was written into them, files that wait for a line, and
// who was signed in at last. Each of an account, by its name.
window.salaKept = (() => {
  const STORES = ["sheets", "drafts", "files", "reader"];
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("sala-entry", 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

  async function done(store, mode, act) {
    const transaction = (await opened).transaction(store, mode);
    return new Promise((resolve, reject) => {
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  // The page for where there is no line, in the language of this one, with the files that it names.
  async function keepPage() {
    if (!navigator.serviceWorker || !window.caches) return;
    await navigator.serviceWorker.register("/entry-worker.js", { scope: "/entry" });
    const answer = await fetch(`/entry/offline?lang=${document.documentElement.lang}`);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
    const named = [...page.querySelectorAll("script[src], link[rel=stylesheet]")];
    const addresses = [...named.map((element) => element.getAttribute("src") || element.getAttribute("href")), "/fonts/noto-sans-khmer.ttf"];
    await caches.delete("sala-entry");
    const cache = await caches.open("sala-entry");
    await cache.addAll(addresses);
    await cache.put("/entry/offline", answer);
  }

  return {
    get: (store, key) => done(store, "readonly", (s) => s.get(key)),
    keys: (store) => done(store, "readonly", (s) => s.getAllKeys()),
    put: (store, key, value) => done(store, "readwrite", (s) => s.put(value, key)),
    drop: (store, key) => done(store, "readwrite", (s) => s.delete(key)),
    keepPage,
  };
})();
