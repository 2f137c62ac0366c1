/** The thread that holds the connection: decoding must not make a frame of the page late. */
import { Encoder } from "@msgpack/msgpack";
import { decodeFrame } from "../protocol/frame";
import type { ClientMessage } from "../protocol/messages.gen";
import { createInflate } from "../protocol/zstd";
import { Connection, type Socket } from "./connection";
import { findReason } from "./refusal";
import type { FromWorker, ToWorker } from "./rpc";

// The DOM's and the worker's type libraries exclude each other; this is all that is needed of the latter.
interface WorkerScope {
  readonly location: { readonly origin: string };
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
const scope = self as unknown as WorkerScope;

const encoder = new Encoder();
let connection: Connection | null = null;

function encode(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encoder.encodeSharedRef(message);
}

async function connect(url: string): Promise<void> {
  let inflate: Awaited<ReturnType<typeof createInflate>>;
  try {
    inflate = await createInflate();
  } catch (e) {
    const words = `This browser does not run WebAssembly, which the page needs: ${e instanceof Error ? e.message : e}`;
    scope.postMessage({ kind: "status", status: { kind: "closed", words, attempt: 0 } });
    return;
  }
  connection = new Connection({
    url,
    openSocket: (address, protocols) => new WebSocket(address, protocols) as unknown as Socket,
    findReason: (address) =>
      findReason(address, scope.location.origin, (to, how) => fetch(to, how)),
    decode: (frame) => decodeFrame(frame, inflate),
    encode,
    onStatus: (status) => scope.postMessage({ kind: "status", status }),
    onOpen: () => scope.postMessage({ kind: "open" }),
    onBatch: (batch, memory) => scope.postMessage({ kind: "batch", batch }, memory),
    random: Math.random,
  });
  connection.start();
}

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case "connect":
      void connect(data.url);
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
