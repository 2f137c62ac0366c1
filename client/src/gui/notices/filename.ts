const MAX_CHARS = 180;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A safe file name: no folders, no characters that hide or reverse the extension, no names that an operating system
 * reserves.
 */
export function safeFilename(given: unknown): string {
  const text = typeof given === "string" ? given : "";
  const plain = text
    .slice(0, 4096)
    .normalize("NFC")
    // Control characters, and those that reverse or hide text.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  if (plain === "") return "download";
  return shorten(RESERVED.test(plain) ? `_${plain}` : plain);
}

/** Shortens a name, but keeps the extension. */
function shorten(name: string): string {
  const chars = [...name];
  if (chars.length <= MAX_CHARS) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? [...name.slice(dot)].slice(0, 20) : [];
  return [...chars.slice(0, MAX_CHARS - ending.length), ...ending].join("");
}

/** Types that could run script in this page's origin if the link were opened instead of saved. */
const ACTIVE = /html|xml|svg|script|wasm/i;

export function safeMimeType(given: unknown): string {
  const plain = typeof given === "string" && /^[\w.+-]+\/[\w.+-]+$/.test(given) ? given : "";
  return plain === "" || ACTIVE.test(plain) ? "application/octet-stream" : plain;
}
