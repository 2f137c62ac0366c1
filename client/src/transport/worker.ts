/** The worker that holds the connection: decoding must not delay frames of the page. */
import { Encoder } from "@msgpack/msgpack";
import { decodeFrame } from "../protocol/frame";
import type { ClientMessage } from "../protocol/messages.gen";
import { createInflate } from "../protocol/zstd";
import { Connection, type Socket } from "./connection";
import type { FetchArray } from "./fetcher";
import { findReason } from "./refusal";
import type { FromWorker, ToWorker } from "./rpc";

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

const encoder = new Encoder();
let connection: Connection | null = null;

function encode(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encoder.encodeSharedRef(message);
}

/** Only from the server that the page is from: others allow it as little as the page's own policy does. */
function arraysOf(websocket: string): FetchArray | null {
  try {
    const base = new URL(websocket.replace(/^ws/, "http"));
    if (base.origin !== self.location.origin) return null;
    return (path, signal, client) => {
      const url = new URL(path, base);
      url.search = base.search;
      return fetch(url, { signal, headers: { "Viser-Client": String(client) } });
    };
  } catch {
    return null;
  }
}

async function connect(url: string, secret: string, fetchArrays: boolean): Promise<void> {
  let inflate: Awaited<ReturnType<typeof createInflate>>;
  try {
    inflate = await createInflate();
  } catch (e) {
    const detail = `This browser does not run WebAssembly, which the page needs: ${e instanceof Error ? e.message : e}`;
    post({ kind: "status", status: { kind: "closed", detail, attempt: 0 } });
    return;
  }
  connection = new Connection({
    url,
    secret,
    fetchArray: fetchArrays ? arraysOf(url) : null,
    openSocket: (address, protocols) => new WebSocket(address, protocols) as unknown as Socket,
    findReason: (address) => findReason(address, self.location.origin, (to, how) => fetch(to, how)),
    decode: (frame) => decodeFrame(frame, inflate),
    encode,
    onStatus: (status) => post({ kind: "status", status }),
    onOpen: () => post({ kind: "open" }),
    onResume: () => post({ kind: "resume" }),
    onUnsent: (message) => post({ kind: "unsent", message }),
    onKeep: (kept) => post({ kind: "keep", secret: kept }),
    onBatch: (batch, memory) => post({ kind: "batch", batch }, memory),
    random: Math.random,
  });
  connection.start();
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case "connect":
      void connect(data.url, data.secret, data.fetchArrays);
      break;
    case "send":
      connection?.send(data.message);
      break;
    case "applied":
      connection?.applied();
      break;
    case "wake":
      connection?.wake();
      break;
    case "retry":
      connection?.retry();
      break;
  }
};
