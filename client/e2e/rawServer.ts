/** A server that sends exactly the bytes of a test, which no correct server would send. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Duplex } from "node:stream";
import { decode } from "@msgpack/msgpack";
import { encodeFrame } from "../src/testing/frame";
import { clientDir } from "./paths";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
/** The strictest content security policy under which the page works. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  // The zstd decoder fetches its WebAssembly from a data: address.
  "connect-src 'self' ws: wss: data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** One websocket from the page. */
export class Peer {
  /** What the page sent, decoded. */
  readonly received: { type: string; [key: string]: unknown }[] = [];
  closeCode: number | null = null;
  closeReason = "";
  private buffer: Buffer = Buffer.alloc(0);

  constructor(
    private readonly socket: Duplex,
    readonly offered: readonly string[],
  ) {
    socket.on("data", (chunk: Buffer) => {
      this.buffer = Buffer.concat([this.buffer, chunk]);
      while (this.readFrame());
    });
    socket.on("error", () => {});
  }

  messages(...messages: { type: string; [key: string]: unknown }[]): void {
    this.binary(new Uint8Array(encodeFrame(messages)));
  }

  binary(data: Uint8Array): void {
    this.write(2, data);
  }

  text(data: string): void {
    this.write(1, Buffer.from(data));
  }

  close(code: number, reason: string): void {
    const body = Buffer.alloc(2);
    body.writeUInt16BE(code);
    this.write(8, Buffer.concat([body, Buffer.from(reason)]));
    this.socket.end();
  }

  /** Destroys the socket without a close frame. */
  drop(): void {
    this.socket.destroy();
  }

  private write(opcode: number, data: Uint8Array): void {
    const head = Buffer.alloc(data.length < 126 ? 2 : data.length < 65_536 ? 4 : 10);
    head[0] = 0x80 | opcode;
    if (head.length === 2) head[1] = data.length;
    else if (head.length === 4) {
      head[1] = 126;
      head.writeUInt16BE(data.length, 2);
    } else {
      head[1] = 127;
      head.writeBigUInt64BE(BigInt(data.length), 2);
    }
    this.socket.write(Buffer.concat([head, data]));
  }

  /** Reads one complete frame from the buffer, if there is one; a page's frames are masked and not fragmented. */
  private readFrame(): boolean {
    const b = this.buffer;
    if (b.length < 6) return false;
    let length = b[1]! & 0x7f;
    let at = 2;
    if (length === 126) {
      length = b.readUInt16BE(2);
      at = 4;
    } else if (length === 127) {
      length = Number(b.readBigUInt64BE(2));
      at = 10;
    }
    if (b.length < at + 4 + length) return false;
    const mask = b.subarray(at, at + 4);
    const data = Buffer.from(b.subarray(at + 4, at + 4 + length).map((v, i) => v ^ mask[i % 4]!));
    this.buffer = b.subarray(at + 4 + length);
    this.take(b[0]! & 0x0f, data);
    return true;
  }

  private take(opcode: number, data: Buffer): void {
    if (opcode === 2) this.received.push(decode(data) as Peer["received"][number]);
    if (opcode !== 8) return;
    this.closeCode = data.length >= 2 ? data.readUInt16BE() : 1005;
    this.closeReason = data.subarray(2).toString();
    this.write(8, data);
    this.socket.end();
  }
}

export class RawServer {
  readonly peers: Peer[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly http: Server,
    readonly port: number,
  ) {}

  /** onPeer is called with each websocket, after the handshake; a dialect is selected instead of the page's first. */
  static async start(
    onPeer: (peer: Peer, index: number) => void,
    port = 0,
    dialect?: string,
  ): Promise<RawServer> {
    const http = createServer((request, response) => {
      const { status, type, body } = file(request);
      response.writeHead(status, {
        "content-type": type,
        "content-security-policy": CONTENT_SECURITY_POLICY,
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
    const server = new RawServer(http, (http.address() as AddressInfo).port);
    http.on("connection", (socket) => {
      server.sockets.add(socket);
      socket.on("close", () => server.sockets.delete(socket));
    });
    http.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
      const offered = String(request.headers["sec-websocket-protocol"] ?? "").split(/,\s*/);
      socket.write(handshake(request, dialect ?? offered[0] ?? ""));
      const peer = new Peer(socket, offered);
      server.peers.push(peer);
      onPeer(peer, server.peers.length - 1);
    });
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.http.close(resolve));
  }
}

function handshake(request: IncomingMessage, protocol: string): string {
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
    `Sec-WebSocket-Protocol: ${protocol}`,
    "\r\n",
  ].join("\r\n");
}

function file(request: IncomingMessage): { status: number; type: string; body: Buffer } {
  const path = normalize(new URL(request.url ?? "/", "http://x").pathname);
  const name = path.endsWith("/") ? `${path}index.html` : path;
  try {
    const body = readFileSync(join(clientDir, "dist", name));
    return { status: 200, type: TYPES[extname(name)] ?? "application/octet-stream", body };
  } catch {
    return { status: 404, type: "text/plain", body: Buffer.from("not found") };
  }
}
