// <listen-to-article article="ID">: a Listen button that opens into a player.
//   preview="SIGNATURE"   plays a draft: what stands behind ?preview= in the addresses that POST …/preview answers
//   theme="light|dark"    its colours; by default it looks like the page it stands on
//   server="URL"          the service; by default the one this script comes from
// Custom properties: --listen-accent, --listen-on-accent (what stands on it), --listen-surface, --listen-text,
// --listen-muted, --listen-border, --listen-track (the part not yet heard), --listen-radius, --listen-font.
// Every element inside is a ::part() of its class's name.
// Events, which bubble: listen:play, listen:pause, listen:ended, listen:error, listen:unavailable.
// Where there is nothing to hear it takes no place, and the console tells why.
//
// It stands alone: no framework, no markup parsed from strings and no inline styles or handlers, so
// that it runs under a strict Content-Security-Policy, Trusted Types included.
// A browser gets one file, in which words.js and looks.js stand before this one (src/http/site.rs).

const TAG = "listen-to-article";

// Only known while the script first runs; a bundled copy has none and speaks to its own site.
const HOME = document.currentScript?.src || location.href;
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const SPEED_KEY = "listen:speed";
const SKIP = 10;
const WORDS_A_MINUTE = 150;
const SLOW_MS = 150; // shorter waits pass unnoticed, a flashing spinner does not
const STALL_MS = 30_000; // this long without a byte and the reader may want to try again
const AGAIN_MS = [1000, 2000, 4000, 8000]; // until a break is mended without the reader, as a busy service asks
const PASSING = [408, 425, 429]; // refusals of now, not of this article
const GUARDED = [401, 403]; // so too, unless they are the service's own, which have a code

let playing = null; // the page's one player that may sound

// Storage may be forbidden (private windows, sandboxed frames): then the choice lasts as long as the page.
let chosenSpeed = 1;
function savedSpeed() {
  try { chosenSpeed = Number(localStorage.getItem(SPEED_KEY) ?? chosenSpeed); } catch { /* as above */ }
  return SPEEDS.includes(chosenSpeed) ? chosenSpeed : 1;
}
function saveSpeed(speed) {
  chosenSpeed = speed;
  try { localStorage.setItem(SPEED_KEY, String(speed)); } catch { /* as above */ }
}

// Where a reader left an article, for as long as the tab is open: nothing of it stays on the machine.
const placeKey = (article) => `listen:at:${article}`;
function savedPlace(article) {
  try { return Number(sessionStorage.getItem(placeKey(article))) || null; } catch { return null; }
}
function savePlace(article, seconds) {
  try {
    if (seconds > SKIP) sessionStorage.setItem(placeKey(article), String(seconds));
    else sessionStorage.removeItem(placeKey(article));
  } catch { /* as above */ }
}

/** Puts the player on the lock screen, headset buttons and media keys; takes them away where there is none. */
function bindMediaSession(player, title) {
  const session = navigator.mediaSession;
  if (!session || !window.MediaMetadata) return;
  const site = document.querySelector('meta[property="og:site_name"]')?.content || location.hostname;
  session.metadata = player && new MediaMetadata({ title: title || document.title, artist: site });
  const handlers = {
    play: () => player.play(),
    pause: () => player.pause(),
    seekbackward: (e) => player.seek(player.currentTime - (e.seekOffset || SKIP)),
    seekforward: (e) => player.seek(player.currentTime + (e.seekOffset || SKIP)),
    seekto: (e) => player.seek(e.seekTime),
  };
  for (const [action, handler] of Object.entries(handlers)) {
    try { session.setActionHandler(action, player && handler); } catch { /* an action this browser does not know */ }
  }
}

class ListenToArticle extends HTMLElement {
  static observedAttributes = ["article", "server", "preview", "theme"];
  #state = "idle";
  #manifest = null;
  #request = 0; // numbers manifest requests, so that a late answer to an old one is dropped
  #started = false; // pressed at least once, so that a retry goes on playing
  #sounding = false; // between listen:play and listen:pause, ended or error
  #resumeAt = null; // where to go as soon as the audio can
  #scrub = null; // where the reader's thumb is, before letting go
  #tries = 0; // to mend one break
  #brokeAt = 0;
  #slow = 0;
  #stall = 0;
  #again = 0;
  #t = STRINGS.en;
  #audio = make("audio", { preload: "none" });
  #ui = {};
  #left = null; // aborted when it leaves the page

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" }); // no slot: the no-script fallback disappears
    dress(root);
    root.append(this.#build(), this.#audio);
    this.#listen();
  }

  connectedCallback() {
    this.#left?.abort();
    const { signal } = (this.#left = new AbortController());
    window.addEventListener("pagehide", () => this.#keepPlace(), { signal });
    window.addEventListener("online", () => this.#goOn(), { signal });
    this.#translate();
    this.#blend(signal);
    if (this.#manifest) return; // moved within the page
    this.#reset();
    this.#takeOver();
  }

  disconnectedCallback() {
    this.#left?.abort();
    this.pause();
    this.#keepPlace();
    this.#leave();
  }

  attributeChangedCallback(name, before, after) {
    if (name === "theme") return this.#paint();
    if (!this.dataset.state || before === after) return;
    if (name === "article") this.#keepPlace(before);
    this.#reset();
  }

  get #silent() { return this.#state === "absent" || this.#state === "unavailable"; }
  get currentTime() { return this.#resumeAt ?? this.#audio.currentTime; }
  set currentTime(seconds) { this.seek(seconds); }
  get duration() {
    const known = this.#audio.duration; // infinite while a stream without a length plays
    return Number.isFinite(known) && known > 0 ? known : this.#manifest?.duration || NaN;
  }

  async play() {
    if (this.#silent || this.#state === "playing") return;
    if (this.#state === "error") {
      this.#tries = 0;
      return this.#retry();
    }
    const audio = this.#audio;
    if (playing !== this) playing?.pause();
    playing = this;
    this.#started = true;
    this.#enter("loading");
    // Without waiting for the manifest: browsers want sound to begin inside the press itself.
    if (!audio.hasAttribute("src")) audio.src = this.#audioUrl();
    this.#setSpeed(savedSpeed());
    bindMediaSession(this, this.#manifest?.title);
    try {
      await audio.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.#enter("paused"); // autoplay; failures have their own event
    }
  }

  pause() {
    this.#audio.pause();
    if (this.#state === "loading" || this.#state === "playing") this.#enter("paused");
  }

  seek(seconds) {
    const end = this.duration || Infinity;
    const to = Math.min(Math.max(0, Number(seconds) || 0), end);
    // One at a time: Chromium, when interrupted in a seek, gives it up and loads everything up to there instead.
    if (this.#audio.readyState > 0 && !this.#audio.seeking) this.#audio.currentTime = to;
    else this.#resumeAt = to;
    if (this.#state === "ended" && to < end) this.#enter("paused");
    this.#showTime(true);
  }

  // ---- the service

  #url(path) { return new URL(path, new URL(this.getAttribute("server") || HOME, location.href)).href; }
  #path(file = "") {
    const preview = this.getAttribute("preview");
    const query = preview ? `?preview=${encodeURIComponent(preview)}` : ""; // the manifest's addresses have it already
    return `/v1/articles/${encodeURIComponent(this.getAttribute("article"))}${file}${query}`;
  }
  #audioUrl() {
    const { immutable, audio } = this.#manifest ?? {};
    return this.#url(immutable?.mp3 ?? audio?.mp3 ?? this.#path("/audio.mp3"));
  }

  #keepPlace(article = this.getAttribute("article")) {
    if (this.#started) savePlace(article, this.#state === "ended" ? 0 : this.currentTime);
  }

  /** Others may sound now, and no key of the reader's is ours any more. */
  #leave() {
    if (playing !== this) return;
    playing = null;
    bindMediaSession(null);
  }

  #reset() {
    this.#leave();
    this.#unload();
    this.#manifest = null;
    this.#resumeAt = savedPlace(this.getAttribute("article"));
    this.#started = false;
    this.#tries = this.#brokeAt = 0;
    this.#enter("idle");
    this.#loadManifest();
  }

  /** Whether it is known now what there is to hear. A reader who has not pressed is not told of a failure. */
  async #loadManifest() {
    const request = ++this.#request;
    if (!this.getAttribute("article")) return this.#giveUp("it names no article");
    let response = null, found = null;
    try {
      response = await fetch(this.#url(this.#path()), { headers: { Accept: "application/json" } });
      found = await response.json();
    } catch { /* offline, or not JSON */ }
    if (request !== this.#request) return false;
    const status = response?.status ?? 0;
    const passes = PASSING.includes(status) || (GUARDED.includes(status) && !found?.code);
    if (status >= 400 && status < 500 && !passes) return this.#giveUp(found?.detail ?? status, found?.code);
    if (!response?.ok || !found) return false;
    // After a revision that failed or waits for an editor the last good one still plays; only without any is there nothing.
    if (!found.immutable) return this.#giveUp(`the article is ${found.state}`);
    this.#manifest = found;
    if (!this.#started && this.#resumeAt > found.duration - SKIP) this.#resumeAt = null; // as good as heard
    this.#render();
    return true;
  }

  /** Nothing will ever sound: that is told to the operator, and to those who pressed or are to hear a draft. */
  #giveUp(reason, code) {
    const article = this.getAttribute("article");
    console.info(`<${TAG} article="${article}"> has nothing to play: ${reason}`);
    this.#leave();
    this.#unload();
    const told = this.#started || this.hasAttribute("preview");
    this.#enter(told ? "unavailable" : "absent", code === "preview-ended" ? "expired" : undefined);
    this.#emit("unavailable", { article, reason });
    return false;
  }

  #breakOff() {
    this.#resumeAt = this.currentTime || null;
    this.#unload();
  }

  /** Goes on by itself after a while, a few times at one place. */
  #mend() {
    const wanted = this.#state === "loading" || this.#state === "playing";
    this.#breakOff();
    if (!wanted) return; // the next press begins anew
    if (Math.abs(this.currentTime - this.#brokeAt) > 5) this.#tries = 0;
    this.#brokeAt = this.currentTime;
    const wait = AGAIN_MS[this.#tries++];
    if (!wait || !navigator.onLine) return this.#fail();
    this.#enter("loading");
    this.#again = setTimeout(() => this.#retry(), wait);
  }

  #fail() {
    this.#breakOff();
    this.#enter("error", this.#resumeAt ? "lost" : "failed");
  }

  /** The connection is back: what it broke goes on, unless the reader has turned to another player. */
  #goOn() {
    if (this.#state === "error" && playing === this) this.play();
  }

  /** Starts from a fresh manifest, since the recording may have been replaced meanwhile. */
  async #retry() {
    this.#enter("loading");
    const found = await this.#loadManifest();
    if (this.#state !== "loading" || this.#audio.hasAttribute("src")) return; // the reader was quicker
    if (found) await this.play();
    else this.#mend();
  }

  #unload() {
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  /** A reader quicker than this script is already listening with the browser's own controls. */
  #takeOver() {
    const fallback = this.querySelector("audio");
    if (!fallback || fallback.paused) return;
    fallback.pause();
    this.#resumeAt = fallback.currentTime;
    this.play();
  }

  // ---- states

  #enter(state, message) {
    clearTimeout(this.#slow);
    clearTimeout(this.#stall);
    clearTimeout(this.#again);
    this.#state = this.dataset.state = state;
    this.#ui.player.classList.remove("slow");
    if (state === "loading") this.#wait();
    else this.#say(this.#t[message ?? state] ?? "");
    this.#report(state, message);
    this.#render();
  }

  #wait() {
    this.#slow = setTimeout(() => {
      this.#ui.player.classList.add("slow");
      this.#say(this.#t.loading);
    }, SLOW_MS);
    this.#watch();
  }

  #watch() {
    clearTimeout(this.#stall);
    this.#stall = setTimeout(() => this.#mend(), STALL_MS);
  }

  /** Tells the page; a pause to load more is not a pause the reader made. */
  #report(state, message) {
    const detail = { article: this.getAttribute("article"), currentTime: this.currentTime };
    const was = this.#sounding;
    this.#sounding = state === "playing" || (was && state === "loading");
    if (state === "playing" && !was) this.#emit("play", detail);
    if ((state === "paused" || this.#silent) && was) this.#emit("pause", detail);
    if (state === "ended") this.#emit("ended", detail);
    if (state === "error") this.#emit("error", { ...detail, reason: message });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`listen:${name}`, { bubbles: true, composed: true, detail }));
  }

  #listen() {
    const audio = this.#audio, { seek, speed } = this.#ui;
    const on = (target, names, run) => names.split(" ").forEach((name) => target.addEventListener(name, run));
    on(audio, "playing", () => this.#enter("playing"));
    on(audio, "waiting", () => audio.paused || this.#enter("loading"));
    on(audio, "progress", () => this.#state === "loading" && this.#watch());
    on(audio, "pause", () => audio.paused && !audio.ended && this.pause()); // by then it may play again
    on(audio, "ended", () => this.#enter("ended"));
    on(audio, "error", () => audio.hasAttribute("src") && this.#mend());
    on(audio, "loadedmetadata seeked", () => this.#resume());
    on(audio, "timeupdate durationchange", () => this.#showTime());
    on(seek, "input", () => { this.#scrub = Number(seek.value); this.#showTime(true); });
    on(seek, "change pointerup pointercancel", () => this.#letGo()); // a drag back to its start has no change event
    on(speed, "change", () => this.#setSpeed(Number(speed.value), true));
    on(this.#ui.player, "keydown", (event) => this.#key(event));
  }

  #resume() {
    if (this.#resumeAt !== null) this.#audio.currentTime = this.#resumeAt;
    this.#resumeAt = null;
  }

  #letGo() {
    const to = this.#scrub;
    this.#scrub = null;
    if (to !== null) this.seek(to);
  }

  #toggle() { this.#state === "playing" || this.#state === "loading" ? this.pause() : this.play(); }

  #setSpeed(speed, remember = false) {
    if (remember) saveSpeed(speed);
    this.#audio.preservesPitch = true;
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = speed; // loading falls back to the default
    this.#ui.speed.value = String(speed);
  }

  // ---- keys, heard only while the focus is in the player

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || this.#silent) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = this.#action(key, event.target);
    if (!action) return;
    event.preventDefault();
    if (!event.repeat || (key !== "k" && key !== " ")) action();
  }

  #action(key, target) {
    const { seek, speed, bar } = this.#ui;
    if (key === "k") return () => this.#toggle();
    if (bar.hidden) return null;
    const by = (seconds) => () => this.seek(this.currentTime + seconds);
    const faster = (step) => () => {
      const next = SPEEDS[SPEEDS.indexOf(Number(speed.value)) + step];
      if (next) this.#setSpeed(next, true);
    };
    const anywhere = { j: by(-SKIP), l: by(SKIP), "<": faster(-1), ">": faster(1) };
    if (anywhere[key] || target === speed) return anywhere[key]; // the list needs its own arrows
    if (key === " ") return target.localName === "button" ? null : () => this.#toggle(); // a button clicks itself
    const arrow = (target === seek ? 5 : SKIP) * (this.#ui.player.dir === "rtl" ? -1 : 1);
    const across = { ArrowLeft: by(-arrow), ArrowRight: by(arrow), Home: () => this.seek(0), End: () => this.seek(this.duration) };
    const slider = { ArrowDown: by(-5), ArrowUp: by(5), PageDown: by(-30), PageUp: by(30) };
    return across[key] ?? (target === seek ? slider[key] : null);
  }

  // ---- looking like the page

  #paint() {
    const theme = this.getAttribute("theme");
    this.#ui.player.classList.toggle("dark", theme === "dark" || (theme !== "light" && isDark(this)));
  }

  /** The page may change its looks: its style sheets arrive or go, its reader or the system asks for the other one. */
  #blend(signal) {
    let asked = 0;
    // Once a frame, however much a page moves: by then its styles are computed anyway.
    const paint = () => (asked ||= requestAnimationFrame(() => { asked = 0; this.#paint(); }));
    const faded = (event) => event.propertyName === "background-color" && paint();
    const arrived = (event) => event.target.localName === "link" && paint();
    DARK_SYSTEM.addEventListener("change", paint, { signal });
    window.addEventListener("load", paint, { signal });
    document.addEventListener("load", arrived, { signal, capture: true });
    document.addEventListener("transitionend", faded, { signal });
    document.addEventListener("change", paint, { signal }); // a box that style sheets ask for with :checked
    const observer = new MutationObserver((changes) =>
      changes.some(({ type, attributeName }) => type !== "attributes" || LOOKS.test(attributeName)) && paint());
    for (let node = around(this); node; node = around(node)) observer.observe(node, { attributes: true });
    observer.observe(document.head, { attributes: true, childList: true, characterData: true, subtree: true });
    signal.addEventListener("abort", () => observer.disconnect());
    this.#paint();
  }

  // ---- what is seen and said

  #build() {
    const skip = (name, seconds) => {
      const node = button(name, icon(name, SKIP));
      node.addEventListener("click", () => this.seek(this.currentTime + seconds));
      return node;
    };
    const ui = (this.#ui = {
      player: make("div", { class: "player", role: "group" }),
      pill: button("pill", icon("play"), make("span", { class: "label", dir: "auto" })),
      bar: make("div", { class: "bar" }),
      play: button("play"),
      back: skip("back", -SKIP),
      forward: skip("forward", SKIP),
      elapsed: make("span", { class: "elapsed" }),
      total: make("span", { class: "total" }),
      seek: make("input", { class: "seek", type: "range", min: 0, max: 0, value: 0 }),
      speed: make("select", { class: "speed", dir: "ltr" }, ...SPEEDS.map((speed) => make("option", { value: speed }))),
      status: make("p", { class: "status", role: "status", dir: "auto" }),
      retry: button("retry"),
    });
    ui.pill.addEventListener("click", () => this.play());
    ui.play.addEventListener("click", () => this.#toggle());
    ui.retry.addEventListener("click", () => this.play());
    const time = make("span", { class: "time" }, ui.elapsed, " / ", ui.total);
    ui.bar.append(ui.play, ui.back, ui.forward, time, make("div", { class: "line" }, ui.seek, ui.speed));
    ui.player.append(ui.pill, ui.bar, ui.status, ui.retry);
    return ui.player;
  }

  #translate() {
    const wanted = (this.closest("[lang]") ?? document.documentElement).lang.toLowerCase().split("-")[0];
    const language = STRINGS[wanted] ? wanted : "en";
    const t = (this.#t = STRINGS[language]), ui = this.#ui;
    ui.player.lang = language;
    ui.player.dir = getComputedStyle(this).direction;
    ui.player.setAttribute("aria-label", t.group);
    for (const name of ["back", "forward", "seek", "speed"]) this.#name(ui[name], t[name]);
    ui.retry.textContent = t.retry;
    for (const option of ui.speed.options) option.textContent = `${Number(option.value).toLocaleString(language)}×`;
    ui.speed.value = String(savedSpeed());
  }

  #name(node, text) { node.setAttribute("aria-label", text); node.title = text; }

  #say(text) {
    const { status } = this.#ui;
    if (status.textContent !== text) status.textContent = text; // the same words again would be read again
  }

  #render() {
    const ui = this.#ui, state = this.#state, t = this.#t, focused = this.shadowRoot.activeElement;
    const aside = state === "error" || this.#silent;
    ui.pill.hidden = state !== "idle";
    ui.bar.hidden = state === "idle" || aside;
    ui.retry.hidden = state !== "error";
    ui.player.classList.toggle("aside", aside); // a message brings its own ground: the page's may be any colour
    ui.status.classList.toggle("quiet", !aside);
    const face = { loading: "pause", playing: "pause", ended: "replay" }[state] ?? "play";
    if (ui.play.dataset.icon !== face) {
      ui.play.dataset.icon = face;
      ui.play.replaceChildren(icon(face));
      this.#name(ui.play, t[face]);
    }
    ui.pill.lastChild.textContent = this.#invitation();
    // Whoever pressed what has just gone is handed to what took its place.
    if (focused?.closest("[hidden]")) ({ idle: ui.pill, error: ui.retry }[state] ?? ui.play).focus({ preventScroll: true });
    this.#showTime();
  }

  #invitation() {
    const { duration, words } = this.#manifest ?? {};
    const from = this.#resumeAt ?? 0, call = from ? this.#t.resume : this.#t.listen;
    const minutes = duration ? (duration - from) / 60 : (words ?? 0) / WORDS_A_MINUTE;
    return minutes ? `${call} · ${Math.max(1, Math.round(minutes))} ${this.#t.min}` : call;
  }

  #showTime(moved = false) {
    const ui = this.#ui, total = this.duration || 0, now = this.#scrub ?? this.currentTime;
    ui.elapsed.textContent = clock(now);
    ui.total.textContent = total ? clock(total) : "–:––";
    ui.seek.disabled = !total;
    ui.seek.max = Math.floor(total);
    if (this.#scrub === null) ui.seek.value = now;
    ui.seek.style.setProperty("--fill", `${total ? Math.min(100, (now / total) * 100) : 0}%`);
    // Screen readers read every change of a focused slider: only the reader's own moves may cause one.
    if (!moved && this.shadowRoot.activeElement === ui.seek) return;
    const spoken = inWords(now, this.#t) + (total ? ` ${this.#t.of} ${inWords(total, this.#t)}` : "");
    if (ui.seek.getAttribute("aria-valuetext") !== spoken) ui.seek.setAttribute("aria-valuetext", spoken);
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, ListenToArticle); // the script tag may well be on a page twice
