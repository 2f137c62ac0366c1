/** A recording that is in the page itself, as viser's `as_html` and our `ExportHTML` write it. */
import { isOrigin } from "../shared/params";

declare global {
  interface Window {
    /** The recording; as text, in base64. */
    __VISER_EMBED_DATA__?: string | ArrayBuffer;
    __VISER_EMBED_CONFIG__?: unknown;
  }
}

interface Config {
  darkMode?: unknown;
  showSceneTree?: unknown;
  /** Ours: as in the address, which pages in a `srcdoc` do not have. */
  controlOrigin?: unknown;
  /** Ours: parameters, as in the address. */
  query?: unknown;
}

export interface Embedded {
  readonly data: ArrayBuffer;
  readonly darkMode: boolean;
  readonly hideSceneTree: boolean;
  readonly controlOrigin: string | null;
  /** Parameters, after those of the address; the first of a name counts. */
  readonly query: string;
}

/** The page's own recording; null: it has none. Nothing else refers to it then: a text would stay in memory as well. */
export function takeEmbedded(page: Window): Embedded | null {
  const data = page.__VISER_EMBED_DATA__;
  if (data === undefined) return null;
  delete page.__VISER_EMBED_DATA__;
  const config = (page.__VISER_EMBED_CONFIG__ ?? {}) as Config;
  const { darkMode, showSceneTree, controlOrigin, query } = config;
  const mayControl = typeof controlOrigin === "string" && isOrigin(controlOrigin);
  return {
    data: typeof data === "string" ? bytesOf(data) : data,
    darkMode: darkMode === true,
    hideSceneTree: showSceneTree === false,
    controlOrigin: mayControl ? controlOrigin : null,
    query: typeof query === "string" ? query : "",
  };
}

type Base64 = { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function bytesOf(base64: string): ArrayBuffer {
  const { fromBase64 } = Uint8Array as Base64;
  if (fromBase64) return fromBase64.call(Uint8Array, base64).buffer;
  // Browsers before 2025.
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
