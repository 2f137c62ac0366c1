/** What the nodes and messages cost, in bytes, points and triangles. */
import type { Connection, NodeDetails, SceneView, ServerMessage, TreeNode } from "../../contract";

export interface NodeWeight {
  path: string;
  kind: string;
  /** Of the node's properties as they are now. */
  bytes: number;
  points: number;
  triangles: number;
  /** Received for it per second. */
  bytesPerSecond: number;
}

/** About the size of a value on the wire. Arrays are exact, the rest is an estimate. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  switch (typeof value) {
    case "string":
      return value.length + 1;
    case "number":
      return 9;
    case "object":
      break;
    default:
      return 1;
  }
  if (value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item);
  else for (const [key, item] of Object.entries(value)) size += key.length + 1 + sizeOf(item);
  return size;
}

/** Entries of an array of rows. */
function rows(value: unknown, perRow: number): number {
  return ArrayBuffer.isView(value) && "length" in value ? Number(value.length) / perRow : 0;
}

/** The weight of a node from its properties; nothing was received for it yet. */
export function weigh(node: NodeDetails): NodeWeight {
  const { props } = node;
  const instances = Math.max(1, rows(props.batched_wxyzs, 4));
  return {
    path: node.path,
    kind: node.kind.replace(/Message$/, ""),
    bytes: sizeOf(props),
    points: rows(props.points, 3) + rows(props.buffer, 8),
    triangles: rows(props.faces, 3) * instances,
    bytesPerSecond: 0,
  };
}

/** Weights of at most `most` nodes; more would delay frames. */
export function weighScene(scene: Pick<SceneView, "tree" | "node">, most: number): NodeWeight[] {
  const weights: NodeWeight[] = [];
  const visit = (node: TreeNode): void => {
    if (weights.length >= most) return;
    const details = node.kind === "" ? null : scene.node(node.path);
    if (details) weights.push(weigh(details));
    for (const child of node.children) visit(child);
  };
  visit(scene.tree.root());
  return weights;
}

/** What is received besides messages for one node. */
export const POSES = "Poses of many nodes";
export const CONTROLS = "Controls";
export const OTHER = "Other";

/** Arrays of more bytes than this are fetched over HTTP. */
const FETCHED_FROM = 64 * 1024;

/** Counts received messages by the node that they are for. */
export class Received {
  steps = 0;
  bytes = 0;
  readonly byName = new Map<string, number>();
  /** Bytes of arrays that were counted as they arrived, before their message. */
  private early = 0;
  /** The server's counter of merged windows. */
  private mergedAtLast: number | null = null;

  /** mergedAtFirst is the counter of before; null: it is not known. */
  constructor(private mergedAtFirst: number | null = null) {}

  /** Steps per second that the server merged into later ones; null: it has not said. */
  dropped(seconds: number): number | null {
    if (this.mergedAtFirst === null || this.mergedAtLast === null) return null;
    return Math.max(0, this.mergedAtLast - this.mergedAtFirst) / seconds;
  }

  /** What is received from now on. */
  next(): Received {
    const next = new Received(this.mergedAtLast ?? this.mergedAtFirst);
    next.early = this.early;
    return next;
  }

  /** Bytes of large arrays have arrived beside the connection; the message with them follows. */
  fetched(bytes: number): void {
    this.bytes += bytes;
    this.early += bytes;
  }

  /** No array is under way any more. */
  fetchedAll(): void {
    this.early = 0;
  }

  add(messages: readonly ServerMessage[]): void {
    if (messages.some((message) => message.type !== "ClientStatsMessage")) this.steps++;
    for (const message of messages) {
      if (message.type === "ClientStatsMessage") {
        // The first report begins the measurement.
        if (this.mergedAtFirst === null) this.mergedAtFirst = message.windows_merged;
        else this.mergedAtLast = message.windows_merged;
        continue;
      }
      const size = sizeOf(message);
      const counted = size >= FETCHED_FROM ? Math.min(size, this.early) : 0;
      this.early -= counted;
      this.bytes += size - counted;
      const name = subject(message);
      this.byName.set(name, (this.byName.get(name) ?? 0) + size);
    }
  }
}

function subject(message: ServerMessage): string {
  if (message.type === "PackedPosesMessage") return POSES;
  if ("name" in message && typeof message.name === "string") return message.name;
  return "uuid" in message ? CONTROLS : OTHER;
}

/** Counts the bytes of arrays that are fetched beside the connection as they arrive. */
export function watchFetches(
  connection: Pick<Connection, "get" | "subscribe">,
  received: () => Received,
): () => void {
  let loaded = connection.get().arrays?.loaded ?? 0;
  return connection.subscribe(({ arrays }) => {
    if (!arrays) received().fetchedAll();
    else if (arrays.loaded > loaded) received().fetched(arrays.loaded - loaded);
    loaded = arrays?.loaded ?? 0;
  });
}

/** The weights with what was received for them in that time, heaviest first: what costs network, then memory. */
export function heaviest(
  weights: readonly NodeWeight[],
  received: Received,
  seconds: number,
): NodeWeight[] {
  return weights
    .map((weight) => ({
      ...weight,
      bytesPerSecond: (received.byName.get(weight.path) ?? 0) / seconds,
    }))
    .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond || b.bytes - a.bytes);
}

/** Bytes by kind of node, largest first. */
export function byKind(weights: readonly NodeWeight[]): [kind: string, bytes: number][] {
  const sums = new Map<string, number>();
  for (const { kind, bytes } of weights) sums.set(kind, (sums.get(kind) ?? 0) + bytes);
  return [...sums].sort((a, b) => b[1] - a[1]);
}
