// Search and filter of the findings, and unfolding before printing. The page can be read without any of this.
(() => {
  "use strict";
  const form = document.getElementById("saring");
  if (!form) return;
  const cards = [...document.querySelectorAll(".kartu")];
  const groups = [...document.querySelectorAll(".kelompok")];
  const told = document.getElementById("hitung");
  const texts = new Map();
  const text = (card) => {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };
  const apply = () => {
    const { cari, satker, kode, tingkat } = Object.fromEntries(new FormData(form));
    const words = cari.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const { s, k, t } = card.dataset;
      const fits =
        (!satker || s === satker) &&
        (!kode || k.split(" ").includes(kode)) &&
        (!tingkat || t === tingkat) &&
        words.every((word) => text(card).includes(word));
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".kartu:not([hidden])");
    // The address keeps what was chosen: it survives reloading and can be sent to a colleague.
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (`${chosen}` || location.hash.includes("=")) history.replaceState(null, "", `#${chosen}`);
    told.textContent = shown === cards.length ? `${shown} penyebab` : `${shown} dari ${cards.length} penyebab`;
  };
  let waiting;
  const soon = (pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, pause);
  };
  form.addEventListener("input", () => soon(150));
  form.addEventListener("change", () => soon(0));
  form.addEventListener("reset", () => soon(0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.addEventListener("click", (event) => {
    const open = event.target.dataset.buka;
    if (open === undefined) return;
    for (const card of cards) if (!card.hidden) card.open = Boolean(open);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pilih]");
    if (!link) return;
    form.elements.satker.value = link.dataset.pilih;
    if (form.elements.satker.value !== link.dataset.pilih) form.elements.satker.value = "";
    apply();
  });
  // Errors are unfolded for printing and folded again afterwards; the rest is printed as it stands.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = cards.filter((card) => card.dataset.t === "error" && !card.open && !card.hidden);
    for (const card of folded) card.open = true;
  });
  addEventListener("afterprint", () => {
    for (const card of folded) card.open = false;
    folded = [];
  });
  if (location.hash.includes("=")) {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  }
  form.hidden = false;
  apply();
})();
