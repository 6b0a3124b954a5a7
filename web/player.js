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
(() => {
  "use strict";
  const TAG = "listen-to-article";
  if (customElements.get(TAG)) return; // the script tag may well be on a page twice

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

  const STRINGS = {
    en: {
      group: "Listen to this article", listen: "Listen", resume: "Continue", min: "min", play: "Play", pause: "Pause",
      replay: "Play again", back: "Back 10 seconds", forward: "Forward 10 seconds", seek: "Position",
      speed: "Speed", loading: "Loading", playing: "Playing", ended: "Finished", retry: "Try again",
      failed: "The audio could not be loaded.", lost: "The audio was interrupted.",
      unavailable: "Audio is not available", expired: "This preview has ended.", of: "of", minute: ["minute", "minutes"], second: ["second", "seconds"],
    },
    de: {
      group: "Diesen Artikel anhören", listen: "Anhören", resume: "Weiterhören", min: "Min.", play: "Wiedergeben", pause: "Pause",
      replay: "Noch einmal", back: "10 Sekunden zurück", forward: "10 Sekunden vor", seek: "Position",
      speed: "Tempo", loading: "Wird geladen", playing: "Wiedergabe läuft", ended: "Ende", retry: "Erneut versuchen",
      failed: "Das Audio konnte nicht geladen werden.", lost: "Die Wiedergabe wurde unterbrochen.",
      unavailable: "Kein Audio verfügbar", expired: "Diese Vorschau ist abgelaufen.", of: "von", minute: ["Minute", "Minuten"], second: ["Sekunde", "Sekunden"],
    },
    fr: {
      group: "Écouter cet article", listen: "Écouter", resume: "Reprendre", min: "min", play: "Lire", pause: "Pause",
      replay: "Réécouter", back: "Reculer de 10 secondes", forward: "Avancer de 10 secondes", seek: "Position",
      speed: "Vitesse", loading: "Chargement", playing: "Lecture en cours", ended: "Terminé", retry: "Réessayer",
      failed: "L’audio n’a pas pu être chargé.", lost: "La lecture a été interrompue.",
      unavailable: "Audio non disponible", expired: "Cet aperçu a expiré.", of: "sur", minute: ["minute", "minutes"], second: ["seconde", "secondes"],
    },
    es: {
      group: "Escuchar este artículo", listen: "Escuchar", resume: "Continuar", min: "min", play: "Reproducir", pause: "Pausa",
      replay: "Volver a escuchar", back: "Retroceder 10 segundos", forward: "Avanzar 10 segundos", seek: "Posición",
      speed: "Velocidad", loading: "Cargando", playing: "Reproduciendo", ended: "Fin", retry: "Reintentar",
      failed: "No se ha podido cargar el audio.", lost: "La reproducción se ha interrumpido.",
      unavailable: "Audio no disponible", expired: "Esta vista previa ha caducado.", of: "de", minute: ["minuto", "minutos"], second: ["segundo", "segundos"],
    },
  };

  const ICONS = {
    play: "M8 5.5v13l10.5-6.5z",
    pause: "M8.5 6v12M15.5 6v12",
    back: "M12 5a7.5 7.5 0 1 1-7.5 7.5M14.5 2 11.5 5l3 3",
    forward: "M12 5a7.5 7.5 0 1 0 7.5 7.5M9.5 2l3 3-3 3",
  };
  ICONS.replay = ICONS.back;

  const DARK = `color-scheme:dark;--accent:var(--listen-accent,#86d0dc);--on-accent:var(--listen-on-accent,#06272d);
    --surface:var(--listen-surface,#1e2225);--text:var(--listen-text,#eef0f1);--muted:var(--listen-muted,#b3b9bd);
    --border:var(--listen-border,#3b4146);--track:var(--listen-track,#7d858b)`;

  // `all:initial` keeps the page's type and spacing out; an em is then the reader's own font size. The colours
  // sit below the host, out of reach of a page that has an --accent of its own and passes it on.
  const CSS = `
    :host{all:initial;display:block;min-height:46px}
    .player{color-scheme:light;--accent:var(--listen-accent,#0b5a68);--on-accent:var(--listen-on-accent,#fff);
      --surface:var(--listen-surface,#f3f4f4);--text:var(--listen-text,#1a1d1f);--muted:var(--listen-muted,#565d61);
      --border:var(--listen-border,#d5d9db);--track:var(--listen-track,#868d91)}
    .player.dark{${DARK}}
    :host(:is([hidden],[data-state=absent])),[hidden]{display:none!important}
    *{box-sizing:border-box}
    .player{font:500 .94em/1.3 var(--listen-font,system-ui,sans-serif);color:var(--text);
      display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px}
    button,select{font:inherit;color:inherit;min-width:44px;min-height:44px;margin:0;padding:0;border:0;
      border-radius:999px;background:none;cursor:pointer;-webkit-tap-highlight-color:transparent;touch-action:manipulation}
    button{display:inline-flex;align-items:center;justify-content:center}
    :is(button,select):hover{background:color-mix(in srgb,var(--text) 10%,transparent)}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .pill,.play{background:var(--accent);color:var(--on-accent)}
    :is(.pill,.play):hover{background:color-mix(in srgb,var(--accent) 88%,var(--text))}
    .pill{gap:6px;padding-inline:12px 20px;min-height:46px}
    .retry{padding-inline:16px;border:1px solid var(--track)}
    .bar{flex:1 1 100%;min-width:0;display:flex;flex-wrap:wrap;align-items:center;gap:2px 6px;padding:6px 8px}
    .bar,.aside{background:var(--surface);border:1px solid var(--border);border-radius:var(--listen-radius,14px)}
    .aside{width:fit-content;min-height:46px;padding-block:6px;padding-inline:14px}
    .time{margin-inline:auto 8px;padding-inline-start:6px;font-variant-numeric:tabular-nums;white-space:nowrap;
      color:var(--muted)}
    .elapsed{color:var(--text)}
    .line{flex:1 1 250px;min-width:0;display:flex;align-items:center;gap:8px}
    .seek{flex:1;min-width:0;height:44px;margin:0;background:none;cursor:pointer;appearance:none;-webkit-appearance:none;
      --rail:linear-gradient(var(--accent),var(--accent)) var(--start,left)/var(--fill,0%) 100% no-repeat var(--track)}
    [dir=rtl] .seek{--start:right}
    .seek::-webkit-slider-runnable-track{height:6px;border-radius:3px;background:var(--rail)}
    .seek::-moz-range-track{height:6px;border-radius:3px;background:var(--rail)}
    .seek::-webkit-slider-thumb{appearance:none;-webkit-appearance:none;width:18px;height:18px;margin-top:-6px;
      border-radius:50%;background:var(--accent);border:2px solid var(--surface)}
    .seek::-moz-range-thumb{width:14px;height:14px;border-radius:50%;background:var(--accent);border:2px solid var(--surface)}
    .seek:disabled{opacity:.5;cursor:default}
    .speed{appearance:none;-webkit-appearance:none;padding-inline:10px;text-align:center;text-align-last:center;
      font-variant-numeric:tabular-nums;border:1px solid var(--border)}
    .speed option{background:var(--surface);color:var(--text)}
    .status{margin:0;color:var(--muted)}
    .status.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    svg{width:24px;height:24px;flex:none;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;
      stroke-linejoin:round}
    svg.play-icon{fill:currentColor}
    svg.pause-icon{stroke-width:4;stroke-linecap:butt}
    svg text{font:700 7.5px system-ui,sans-serif;fill:currentColor;stroke:none;text-anchor:middle}
    .play{position:relative}
    .slow .play::after{content:"";position:absolute;inset:3px;border-radius:50%;border:2.5px solid transparent;
      border-block-start-color:currentColor;border-inline-end-color:currentColor;animation:turn .9s linear infinite}
    @keyframes turn{to{transform:rotate(1turn)}}
    @media (prefers-reduced-motion:reduce){.slow .play::after{animation:none;border-style:dotted;border-color:currentColor}}
    @media (forced-colors:active){.pill,.play{border:1px solid}
      .seek{forced-color-adjust:none;--accent:Highlight;--track:GrayText;--surface:Canvas}}
    @media print{:host{display:none}}`;

  let playing = null; // the page's one player that may sound
  let sheet = null;

  function dress(root) {
    try {
      if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(make("style", {}, CSS)); // browsers from before constructable style sheets
    }
  }

  /** An element with its class also as its `part`, so that sites can style it and tests can find it. */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (attributes.class) node.setAttribute("part", attributes.class);
    node.append(...children);
    return node;
  }

  function icon(name, number) {
    const draw = (tag, attributes) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      return node;
    };
    const svg = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `${name}-icon` });
    svg.append(draw("path", { d: ICONS[name] }));
    if (number) svg.append(draw("text", { x: 12, y: 15.3 })), (svg.lastChild.textContent = number);
    return svg;
  }

  const button = (name, ...content) => make("button", { type: "button", class: name }, ...content);

  /** 65 → "1:05", for the eye. */
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  /** 65 → "1 minute 5 seconds", for the ear. */
  function inWords(seconds, t) {
    const count = (n, [one, many]) => `${n} ${n === 1 ? one : many}`;
    const minutes = Math.floor(seconds / 60), rest = Math.floor(seconds % 60);
    return [minutes && count(minutes, t.minute), (rest || !minutes) && count(rest, t.second)].filter(Boolean).join(" ");
  }

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

  const DARK_SYSTEM = matchMedia("(prefers-color-scheme: dark)");

  /** Attributes by which pages change their looks: of elements, and of what their head holds. */
  const LOOKS = /^(class|id|style|bgcolor|media|disabled|href|rel|content)$|theme|mode|scheme|dark|light|colou?r|skin/;

  /** The element that another one stands in, also where that is in somebody's shadow. */
  const around = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;

  /** Whether a computed colour hides what is behind it, and whether it is a dark one (CSS Color 4 §15). */
  function ground(colour) {
    const kind = /^[a-z]*/.exec(colour)[0];
    const [a, b, c, alpha = 1] = (colour.replace(/^color\(\S+/, "").match(/[\d.]+(e-?\d+)?/g) ?? [0, 0, 0, 0]).map(Number);
    const most = { rgb: 255, rgba: 255, lab: 100, lch: 100 }[kind] ?? 1;
    const light = /^(ok)?l/.test(kind) ? a : 0.21 * a + 0.72 * b + 0.07 * c;
    return { opaque: alpha > 0.5, dark: light < most / 2 };
  }

  /** Whether the page is dark where an element stands: as it says itself, else by what is painted behind. */
  function isDark(element) {
    const page = document.querySelector("meta[name=color-scheme]")?.content ?? "";
    const says = [element, around(element)].filter(Boolean).map((node) => getComputedStyle(node).colorScheme);
    const scheme = [...says, page].find((scheme) => /light|dark/.test(scheme)) ?? "";
    const [light, dark] = [/light/.test(scheme), /dark/.test(scheme)];
    if (light !== dark) return dark;
    for (let node = element; node; node = around(node)) {
      const { opaque, dark } = ground(getComputedStyle(node).backgroundColor);
      if (opaque) return dark;
    }
    return light && DARK_SYSTEM.matches; // both are fine with it, or it says nothing, and then it is white
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

  customElements.define(TAG, ListenToArticle);
})();
