// The levels in lists: past its time a level is shown as unknown.
(() => {
  const fade = () => {
    for (const probe of document.querySelectorAll(".probe[data-until]")) {
      if (Date.now() >= Date.parse(probe.dataset.until)) probe.textContent = "";
    }
    for (const state of document.querySelectorAll(".s[data-until]")) {
      if (Date.now() < Date.parse(state.dataset.until)) continue;
      state.className = "s s-none";
      state.firstElementChild.setAttribute("class", "i i-none");
      state.querySelector("use").setAttribute("href", "#i-none");
      state.lastChild.textContent = document.querySelector(".sprite").dataset.unknown;
      state.removeAttribute("data-until");
    }
  };
  fade();
  setInterval(fade, 60000);
  document.addEventListener("visibilitychange", fade);
})();

// The box that finds the page of a pasted error. Its script and its index come
// when it is first used, side by side.
(() => {
  const link = document.querySelector("[data-find]"), box = document.getElementById("find");
  if (!link) return;
  let ready;
  const load = () => ready ||= Promise.all([import(link.dataset.find), fetch(link.dataset.index)])
    .then(([script, answer]) => script.start(answer, box, link));
  link.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    load().then((show) => show()).catch(() => { location.href = link.href; });
  });
  const quietly = () => load().catch(() => { ready = null; }); // asked again at the next key
  link.addEventListener("pointerdown", quietly); // a tenth of a second before the click
  if (!box) return;
  for (const use of ["pointerdown", "focusin", "input"]) box.addEventListener(use, quietly);
  if (location.hash.length > 1) quietly();
})();

// Keeps a verdict honest after the page was built. A verdict is believed until
// data-until. Past it, and only then, the newest reading is asked for once; if
// that is too old as well, the page says unknown. The sentences come from the
// page itself, so that one judge speaks in both places.
(() => {
  const box = document.getElementById("verdict");
  if (!box || !box.dataset.until) return;
  const said = JSON.parse(box.querySelector("script").textContent);
  const part = (name) => box.querySelector("." + name);
  // As the page itself writes times; the browser's own formatter takes longer than all the rest.
  const when = (iso) => {
    const [, day, month, year, clock] = new Date(iso).toUTCString().split(/,? /);
    const [hour, minute] = clock.split(":");
    return `${month} ${+day}, ${year}, ${hour % 12 || 12}:${minute} ${hour < 12 ? "AM" : "PM"} UTC`;
  };
  const age = (iso) => {
    const minutes = Math.max(1, Math.round((Date.now() - Date.parse(iso)) / 60000));
    return minutes < 90 ? minutes + " min" : minutes < 2880 ? Math.round(minutes / 60) + " h" : Math.round(minutes / 1440) + " days";
  };

  const show = (state, last, checked) => {
    const [mood, answer, sentence, advice] = said.rows[state] || said.rows.unclear;
    const fill = (text) => text.replaceAll("{checked}", () => when(checked)).replaceAll("{last}", () => said.words[last] || last);
    box.className = "v v-" + mood;
    box.dataset.level = said.words[state] ? state : "unknown";
    const icon = box.querySelector("svg");
    icon.setAttribute("class", "i i-" + mood);
    icon.firstElementChild.setAttribute("href", "#i-" + mood);
    part("answer").textContent = fill(answer) + (state === "expired" ? ", " + said.ago.replace("{age}", age(checked)) : "");
    part("sentence").textContent = fill(sentence);
    part("advice").textContent = advice;
    const time = box.querySelector("time");
    time.dateTime = checked;
    time.textContent = when(checked);
    part("later").textContent = fill(answer);
    for (const old of box.querySelectorAll(".since")) old.style.visibility = "hidden"; // nothing moves
    if (part("probe")) part("probe").textContent = "";
  };

  // What the API itself said, where the newest reading tells it. A theme's own
  // page may have no place for it.
  const hear = (now) => {
    const text = said.probe && said.probe[(said.words[now.state] ? "" : "only-") + now.signal];
    if (!text || !part("probe")) return;
    part("probe").textContent = text.replace("{probed}", () => when(now.probed_at));
    part("probe").dataset.until = now.valid_until;
  };

  const expired = () => Date.now() > Date.parse(box.dataset.until);
  // Until newer truth has come nothing is claimed. Said before the first paint,
  // it moves nothing either.
  const renew = async () => {
    show("expired", said.last, box.dataset.checked);
    let now = null;
    try {
      const answer = await fetch(box.dataset.now, { cache: "no-cache" });
      if (answer.ok) now = await answer.json();
    } catch { /* no newer truth: what the page has is too old */ }
    const sane = now && said.words[now.last] && Date.parse(now.checked_at) > Date.parse(box.dataset.checked) && Date.parse(now.checked_at) < Date.now() + 120000;
    if (sane && Date.parse(now.valid_until) > Date.now()) {
      box.dataset.until = now.valid_until;
      box.dataset.checked = now.checked_at;
      show(now.last === "unknown" ? "unclear" : now.last, now.last, now.checked_at);
      hear(now);
      wait();
      return;
    }
    show("expired", sane ? now.last : said.last, sane ? now.checked_at : box.dataset.checked);
  };
  // A timer longer than 24 days would fire at once; a page open that long asks
  // when it is looked at again.
  const wait = () => {
    const left = Date.parse(box.dataset.until) - Date.now();
    if (left < 0) renew();
    else if (left < 2e9) setTimeout(() => expired() && renew(), left + 1000);
  };
  // The timer stands still while a device sleeps.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && expired()) renew(); });
  wait();
})();
