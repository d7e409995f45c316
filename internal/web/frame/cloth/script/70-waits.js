// Beside the pages of whoever was let in, and of anybody's five minutes, works one more script: it keeps what is sent
// without signal. It is told whose page this is, if anybody's, and says what still waits.
const beside = page.worker == null ? null : navigator.serviceWorker;
beside?.register(trust.createScriptURL("/worker.js")).then(() => beside.ready).then((it) => it.active.postMessage(page.worker), () => {});
beside?.addEventListener("message", (e) => $$("[data-left]").map((el) => el.hidden = !e.data.left));
