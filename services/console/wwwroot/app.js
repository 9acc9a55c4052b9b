// What a page does without its server: theme, dialogs, and saying that the server is silent.
"use strict";

const quantum = (() => {
  const root = document.documentElement;
  const themeKey = "quantum-theme";
  const silentAfterMs = 5000;
  let look = "", lookAt = 0;

  const stored = localStorage.getItem(themeKey);
  root.dataset.theme = stored ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");

  function act(target) {
    switch (target.dataset.act) {
      case "theme":
        root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
        localStorage.setItem(themeKey, root.dataset.theme);
        document.dispatchEvent(new Event("quantum-theme"));
        break;
      case "open":
        document.getElementById(target.dataset.dialog)?.showModal();
        break;
      case "close":
        target.closest("dialog")?.close();
        break;
    }
  }

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (target) act(target);
  });

  // Who sees nothing move must know whether nothing happens or nobody tells.
  setInterval(() => {
    const bar = document.querySelector("[data-look]");
    if (!bar) return;
    if (bar.dataset.look !== look) [look, lookAt] = [bar.dataset.look, performance.now()];
    root.classList.toggle("frozen", performance.now() - lookAt > silentAfterMs);
  }, 500);

  // After a restart of the console the old circuit is gone: the page is loaded anew as soon as it answers.
  document.addEventListener("DOMContentLoaded", () => {
    const modal = document.getElementById("components-reconnect-modal");
    if (!modal) return;
    modal.addEventListener("components-reconnect-state-changed", event => {
      if (event.detail?.state === "rejected" || event.detail?.state === "failed") reloadWhenThere();
    });
  });

  async function reloadWhenThere() {
    for (;;) {
      try {
        if ((await fetch("/alive", { cache: "no-store" })).ok) break;
      } catch { /* not there yet */ }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    location.reload();
  }

  return { root };
})();
