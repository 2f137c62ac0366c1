/** Names on the wire of keys that are named differently on the web, in lower case. */
const NAMES: Record<string, string> = { " ": "space" };

/** The name of a key on the wire: "A", "7", "space", "arrowup"; null: not supported. */
export function keyOf(event: KeyboardEvent): string | null {
  const { key, code } = event;
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  // Letters and digits by position: with Shift or Alt they type other characters.
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code);
  if (place) return place[1] ?? place[2] ?? null;
  return NAMES[key] ?? key.toLowerCase();
}

/** The pressed modifier keys as on the wire; null: none. Cmd and Ctrl are the same. */
export function modifiersOf(event: KeyboardEvent): string | null {
  const held = [];
  if (event.metaKey || event.ctrlKey) held.push("cmd/ctrl");
  if (event.altKey) held.push("alt");
  if (event.shiftKey) held.push("shift");
  return held.join("+") || null;
}

/** Ctrl+K or Cmd+K; also Ctrl+Shift+P, except in Firefox, where it opens a private window. */
export function opensPalette(event: KeyboardEvent): boolean {
  const held = modifiersOf(event);
  const key = keyOf(event);
  if (key === "K") return held === "cmd/ctrl";
  return key === "P" && held === "cmd/ctrl+shift" && !/firefox/i.test(navigator.userAgent);
}

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const TYPELESS = new Set(["checkbox", "radio", "range", "button", "submit", "color", "file"]);

/** Whether the target is a text input. */
export function isTyping(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest(FIELDS) : null;
  return field !== null && !(field instanceof HTMLInputElement && TYPELESS.has(field.type));
}

/** Whether a focused control handles this key itself, which has precedence. */
export function usesKey(target: EventTarget | null, key: string): boolean {
  if (key.length === 1 || !(target instanceof Element)) return false;
  return target.closest("button, a[href], input, summary, [tabindex]:not(canvas)") !== null;
}

const SHOWN: Record<string, string> = {
  alt: "Alt",
  shift: "Shift",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};

/** The hotkey for display: ["Ctrl", "Shift", "S"]. */
export function keyNames(hotkey: unknown, modifier: unknown): string[] {
  if (typeof hotkey !== "string" || hotkey === "") return [];
  const held = typeof modifier === "string" ? modifier.split("+") : [];
  return [...held, hotkey].map((k) =>
    k === "cmd/ctrl" ? commandKey() : (SHOWN[k] ?? k.charAt(0).toUpperCase() + k.slice(1)),
  );
}

/** The key that is Cmd on Macs, and Ctrl elsewhere. */
export function commandKey(): string {
  return /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";
}
