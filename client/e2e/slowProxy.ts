/** A proxy in front of a server whose link is slow, can be cut, and treats the arrays under /blob/ as a test wants. */
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex, Readable, Writable } from "node:stream";

/** Pieces of this size of all streams take turns. */
const PIECE = 16 * 1024;

/** What the proxy does with the server's response to a request for an array. */
export type Treatment = (got: IncomingMessage, response: ServerResponse) => void;

export class SlowProxy {
  /** Requests for arrays. */
  readonly requests: string[] = [];
  /** Bytes of arrays that were passed on. */
  arrayBytes = 0;
  /** Requests for arrays that the browser has ended. */
  ended = 0;
  treat: Treatment | null = null;
  /** Subprotocols of websockets that are not passed on. */
  hides: string | null = null;
  private free = 0;
  private limit = Number.POSITIVE_INFINITY;
  private allow: (() => void)[] = [];
  private cutOff = false;
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly http: Server,
    private readonly target: URL,
    private readonly bytesPerMs: number,
  ) {}

  static async to(
    target: string,
    megabitsPerSecond = Number.POSITIVE_INFINITY,
  ): Promise<SlowProxy> {
    const http = createServer((asked, response) => proxy.forward(asked, response));
    const proxy = new SlowProxy(http, new URL(target), (megabitsPerSecond * 1e6) / 8 / 1000);
    http.on("upgrade", (asked, socket) => proxy.upgrade(asked, socket));
    http.on("connection", (socket) => {
      if (proxy.cutOff) socket.resetAndDestroy();
      proxy.track(socket);
    });
    await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/`;
  }

  /** Passes on no more than that many further bytes of arrays, until release(). */
  hold(bytes: number): void {
    this.limit = this.arrayBytes + bytes;
  }

  release(): void {
    this.limit = Number.POSITIVE_INFINITY;
    for (const go of this.allow.splice(0)) go();
  }

  /** Resets all connections, and those that come. */
  cut(): void {
    this.cutOff = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.cutOff = false;
  }

  close(): void {
    this.cut();
    this.release();
    this.http.close();
  }

  private track(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.sockets.delete(socket));
  }

  private headers(asked: IncomingMessage): Record<string, string | string[] | undefined> {
    const headers: Record<string, string | string[] | undefined> = { ...asked.headers };
    const offered = headers["sec-websocket-protocol"];
    if (this.hides !== null && typeof offered === "string") {
      const kept = offered.split(/,\s*/).filter((p) => p !== this.hides);
      headers["sec-websocket-protocol"] = kept.join(", ");
    }
    return headers;
  }

  private forward(asked: IncomingMessage, response: ServerResponse): void {
    const path = asked.url ?? "/";
    const array = path.startsWith("/blob/");
    if (array) this.requests.push(path);
    const { hostname, port } = this.target;
    const headers = this.headers(asked) as Record<string, string>;
    const forwarded = request({ hostname, port, path, method: asked.method, headers }, (got) => {
      if (array && this.treat) {
        this.treat(got, response);
        return;
      }
      response.writeHead(got.statusCode ?? 502, got.headers);
      void this.pump(got, response, array);
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => {
      if (array && !response.writableFinished) this.ended++;
      forwarded.destroy();
    });
    asked.pipe(forwarded);
  }

  private upgrade(asked: IncomingMessage, socket: Duplex): void {
    const upstream = connect(Number(this.target.port), this.target.hostname, () => {
      const lines = Object.entries(this.headers(asked)).map(([key, value]) => `${key}: ${value}`);
      upstream.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      socket.pipe(upstream);
      void this.pump(upstream, socket, false);
    });
    upstream.on("error", () => socket.destroy());
    upstream.on("close", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  }

  /** Passes on what comes, no faster than the link of all streams is. */
  private async pump(from: Readable, to: Writable, array: boolean): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length; at += PIECE) {
          const piece = chunk.subarray(at, at + PIECE);
          await this.turn(piece.length, array);
          if (to.destroyed) return;
          to.write(piece);
        }
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  private async turn(bytes: number, array: boolean): Promise<void> {
    while (array && this.arrayBytes + bytes > this.limit) {
      await new Promise<void>((go) => this.allow.push(go));
    }
    if (array) this.arrayBytes += bytes;
    if (!Number.isFinite(this.bytesPerMs)) return;
    const now = performance.now();
    this.free = Math.max(now, this.free) + bytes / this.bytesPerMs;
    const wait = this.free - now;
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
  }
}
