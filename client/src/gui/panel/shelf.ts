import { type Arrangement, parse } from "./arrangement";

export interface Stored {
  readonly arrangement: Arrangement;
  /** The newest order that was obeyed, by panel and axis. */
  readonly obeyed: readonly (readonly [string, { run: string; counter: number }])[];
}

/** Storing takes time: what changes with every move of the pointer is stored when it has come to rest. */
const REST_MS = 300;
const MAX_ORDERS = 2048;

/** Keeps the layout over a reload of the page, for each server by itself. Storage may refuse, or lie. */
export class Shelf {
  private readonly key: string;
  private readonly storage: Storage;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private take: (() => Stored) | null = null;

  constructor(server: string, storage: Storage) {
    this.key = `viser-go.layout ${server}`;
    this.storage = storage;
    // A page that is left gives no more time.
    window.addEventListener("pagehide", this.flush);
  }

  load(): Stored | null {
    try {
      const raw: unknown = JSON.parse(this.storage.getItem(this.key) ?? "null");
      if (typeof raw !== "object" || raw === null) return null;
      const { arrangement, obeyed } = raw as Record<string, unknown>;
      const parsed = parse(arrangement);
      if (!parsed || !Array.isArray(obeyed) || obeyed.length > MAX_ORDERS) return null;
      return obeyed.every(isOrder) ? { arrangement: parsed, obeyed } : null;
    } catch {
      return null;
    }
  }

  save(take: () => Stored): void {
    this.take = take;
    this.timer ??= setTimeout(this.write, REST_MS);
  }

  readonly flush = (): void => {
    if (this.timer !== null) this.write();
  };

  dispose(): void {
    this.flush();
    window.removeEventListener("pagehide", this.flush);
  }

  private readonly write = (): void => {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    try {
      this.storage.setItem(this.key, JSON.stringify(this.take?.()));
    } catch {
      // The layout then lasts as long as the page.
    }
  };
}

function isOrder(entry: unknown): boolean {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const order: unknown = entry[1];
  if (typeof order !== "object" || order === null) return false;
  const { run, counter } = order as Record<string, unknown>;
  return typeof run === "string" && typeof counter === "number";
}

/** Storage is a favor of the browser, not a right. */
export function openShelf(server: string): Shelf | null {
  try {
    return new Shelf(server, window.localStorage);
  } catch {
    return null;
  }
}
