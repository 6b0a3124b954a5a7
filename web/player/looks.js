// How the player looks: its signs and style, and the page's colours.

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
