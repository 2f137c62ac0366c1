import { Disposables } from "../../shared/disposables";
import { type Arrangement, parse } from "./arrangement";

export interface Stored {
  readonly arrangement: Arrangement;
  /** The newest applied order, by panel and axis. */
  readonly obeyed: readonly (readonly [string, { run: string; counter: number }])[];
}

/** Delay of saving, in milliseconds: a drag changes the layout with each pointer event. */
const SAVE_DELAY_MS = 300;
const MAX_ORDERS = 2048;

/** Saves the layout per server, so that it survives a reload. Storage may fail or return invalid data. */
export class LayoutStorage {
  private readonly key: string;
  private readonly storage: Storage;
  private readonly disposables = new Disposables();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private take: (() => Stored) | null = null;

  constructor(server: string, storage: Storage) {
    this.key = `viser-go.layout ${server}`;
    this.storage = storage;
    // No time is left for the delay when the page is closed.
    this.disposables.add(() => this.flush());
    this.disposables.listen(window, "pagehide", () => this.flush());
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
    this.timer ??= setTimeout(this.write, SAVE_DELAY_MS);
  }

  flush(): void {
    if (this.timer !== null) this.write();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private readonly write = (): void => {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    try {
      this.storage.setItem(this.key, JSON.stringify(this.take?.()));
    } catch {
      // Without storage the layout lasts until the page is closed.
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

/** null: the browser denies storage. */
export function openLayoutStorage(server: string): LayoutStorage | null {
  try {
    return new LayoutStorage(server, window.localStorage);
  } catch {
    return null;
  }
}
