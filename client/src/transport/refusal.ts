/**
 * Finds out why a websocket could not be opened, which browsers do not reveal. A viser server answers a POST to
 * "connection-check" beside the websocket with the checks that the websocket went through: 204, or the reason
 * as a line of text.
 */
const CHECK = "connection-check";
const TIMEOUT_MS = 5000;
const MAX_REASON_CHARS = 500;

export interface Refusal {
  /** A sentence for the user. */
  detail: string;
  /** The same request will be refused again, until the user gets access. */
  final: boolean;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The reason; null if the server cannot be reached at all. */
export async function findReason(
  websocket: string,
  pageOrigin: string,
  fetch: Fetch,
): Promise<Refusal | null> {
  const url = checkUrl(websocket);
  if (url === null) return null;
  if (url.origin !== pageOrigin) {
    return passing(
      `The server cannot be reached, or it does not allow pages from ${pageOrigin}: its option AllowedOrigins names those that it allows.`,
    );
  }
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await readAnswer(await fetch(url.href, { method: "POST", cache: "no-store", signal }));
  } catch {
    return null;
  }
}

/** URL of the check for a websocket's URL; null for other schemes. */
function checkUrl(websocket: string): URL | null {
  try {
    const url = new URL(websocket);
    if (url.protocol !== "ws:" && url.protocol !== "wss:") return null;
    const check = new URL(CHECK, url.href.replace(/^ws/, "http"));
    check.search = url.search;
    return check;
  } catch {
    return null;
  }
}

function passing(detail: string): Refusal {
  return { detail, final: false };
}

async function readAnswer(response: Response): Promise<Refusal> {
  if (response.status === 204) {
    return passing(
      "The server answers, but its websocket cannot be opened. A proxy between this page and the server may not forward websockets (the headers Upgrade and Connection).",
    );
  }
  const text = (await response.text()).trim();
  const [line = ""] = text.split("\n");
  if (line.startsWith("viser: ") && line.length <= MAX_REASON_CHARS) {
    return {
      detail: `The server refused the connection: ${line.slice("viser: ".length)}.`,
      final: response.status === 401,
    };
  }
  return passing(
    `Something between this page and the server, such as a proxy, answered with status ${response.status}. The server itself cannot be reached.`,
  );
}
