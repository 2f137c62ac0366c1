import type { ClientMessage } from "../protocol/messages.gen";
import { Disposables } from "../shared/disposables";
import type { Batch, FromWorker, Status, ToWorker } from "./rpc";

export interface ChannelHandlers {
  onStatus(status: Status): void;
  /** A connection begins; the batches from now on are of it. */
  onOpen(): void;
  /** A connection continues the session: what the page has remains, and only changes follow. */
  onResume(): void;
  onBatch(batch: Batch): void;
  /** There is no connection, and the message will not be sent later. */
  onUnsent(message: ClientMessage): void;
}

/** The page's end of the connection worker. */
export interface Channel {
  send(message: ClientMessage): void;
  retry(): void;
  dispose(): void;
}

const SESSION_KEY = "viser-session:";

/** The browser's storage may be switched off; then a reload begins a new session. */
function rememberSession(url: string, secret: string): void {
  try {
    if (secret === "") sessionStorage.removeItem(SESSION_KEY + url);
    else sessionStorage.setItem(SESSION_KEY + url, secret);
  } catch {}
}

function rememberedSession(url: string): string {
  try {
    return sessionStorage.getItem(SESSION_KEY + url) ?? "";
  } catch {
    return "";
  }
}

/**
 * Connects at once; what the server sends is handed over when `ready` resolves, so that the connection and
 * the code of the views load side by side. At most two batches wait here: the worker keeps the rest.
 */
export function openChannel(
  url: string,
  handlers: ChannelHandlers,
  ready: Promise<unknown>,
  fetchArrays: boolean,
): Channel {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "connection",
  });
  const post = (message: ToWorker): void => worker.postMessage(message);
  receive(worker, handlers, ready, (data) => {
    if (data.kind === "keep") rememberSession(url, data.secret);
  });

  const wake = (): void => post({ kind: "wake" });
  const visible = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  const disposables = new Disposables();
  disposables.add(() => worker.terminate());
  disposables.listen(window, "online", wake);
  disposables.listen(document, "visibilitychange", visible);
  post({ kind: "connect", url, secret: rememberedSession(url), fetchArrays });

  return {
    send: (message) => post({ kind: "send", message }),
    retry: () => post({ kind: "retry" }),
    dispose: () => disposables.dispose(),
  };
}

/** Hands over what a worker sends, from when `ready` resolves; `other` gets what is not for the handlers. */
export function receive(
  worker: Worker,
  handlers: ChannelHandlers,
  ready: Promise<unknown>,
  other: (data: FromWorker) => void,
): void {
  const take = (data: FromWorker): void => {
    switch (data.kind) {
      case "status":
        handlers.onStatus(data.status);
        break;
      case "open":
        handlers.onOpen();
        break;
      case "resume":
        handlers.onResume();
        break;
      case "unsent":
        handlers.onUnsent(data.message);
        break;
      case "batch":
        // Acknowledged even if it throws: otherwise the worker would send no more batches.
        try {
          handlers.onBatch(data.batch);
        } finally {
          worker.postMessage({ kind: "applied" } satisfies ToWorker);
        }
        break;
      default:
        other(data);
    }
  };
  let waiting: FromWorker[] | null = [];
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (waiting && data.kind !== "status") waiting.push(data);
    else take(data);
  };
  void ready.then(() => {
    const held = waiting ?? [];
    waiting = null;
    held.forEach(take);
  });
  worker.onerror = (event) => {
    handlers.onStatus({
      kind: "closed",
      detail: `The page's worker failed: ${event.message || "it could not be loaded"}.`,
      attempt: 0,
    });
  };
}
