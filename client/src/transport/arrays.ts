/**
 * Holds back messages whose arrays are being fetched, and later ones that depend on them. Everything else passes at
 * once, so that a slider never waits for a point cloud.
 *
 * Messages about one node form a queue while arrays of it are pending:
 *  - a removal, and the creation of another node of that name, cancel what is pending;
 *  - a newer value of a property replaces one that is pending. But a fetch that has begun is not canceled for a newer
 *    value twice in a row: otherwise a cloud that changes faster than it can be fetched would never be shown;
 *  - if the node's creation is pending, all messages about it wait; else only those about its properties.
 */
import { type PendingArray, pendingIn, replaceArrays, wireArray } from "../protocol/arrays";
import type { Frame } from "../protocol/frame";
import type { PackedPosesMessage, ServerMessage } from "../protocol/messages.gen";
import { type FetchArray, Fetcher } from "./fetcher";

export interface PendingArraysOptions {
  fetch: FetchArray;
  /** Messages that need to wait no longer. */
  onReady(frame: Frame): void;
  /** Arrays cannot be fetched. */
  onBroken(why: string): void;
  onProgress(loaded: number, total: number): void;
}

type Updates = Record<string, unknown>;
type Named = ServerMessage & { name: string; owner: string };
type Create = Named & { props: Updates; id?: number };

/** The messages about one node, in order. */
interface Held {
  queue: ServerMessage[];
  /** Properties of which a fetch was canceled for a newer value. */
  skipped: Set<string>;
}

interface Picture {
  message: ServerMessage;
  needs: Set<string>;
  timer: ReturnType<typeof setTimeout>;
}

const ASSET_WAIT_MS = 10_000;
/** After this time without an array, and without what replaces it, something is wrong. */
const GONE_MS = 5_000;
const RETRY_MS = 1_000;

export class PendingArrays {
  private readonly held = new Map<string, Held>();
  private readonly pictures = new Set<Picture>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly failures = new Set<string>();
  /** Not to be requested at the moment. */
  private readonly resting = new Set<string>();
  private readonly fetcher: Fetcher;
  private out: ServerMessage[] = [];

  constructor(private readonly options: PendingArraysOptions) {
    this.fetcher = new Fetcher({
      fetch: options.fetch,
      onLoaded: (id, bytes) => this.loaded(id, bytes),
      onGone: (id) => this.gone(id),
      onFailed: (id, why) => this.failed(id, why),
      onProgress: () => this.report(),
    });
  }

  /** Returns the frame without what has to wait. */
  take(frame: Frame): Frame {
    if (this.held.size === 0 && pendingIn(frame.messages).length === 0) return frame;
    this.out = [];
    for (const message of frame.messages) this.message(message);
    this.fetchWanted();
    frame.messages = this.out;
    this.out = [];
    return frame;
  }

  /** Another session begins. */
  reset(): void {
    this.held.clear();
    for (const { timer } of this.pictures) clearTimeout(timer);
    this.pictures.clear();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.failures.clear();
    this.resting.clear();
    this.fetcher.retain(new Set());
    this.report();
  }

  /** The session continues over another connection: what could not be fetched meanwhile is requested again. */
  retry(): void {
    this.failures.clear();
    this.resting.clear();
    this.fetchWanted();
  }

  private message(message: ServerMessage): void {
    if (message.type === "PackedPosesMessage") this.poses(message);
    else if (message.type === "GetRenderRequestMessage") this.picture(message);
    else if (isNamed(message)) this.about(message);
    else this.out.push(message);
  }

  private about(message: Named): void {
    const key = keyOf(message);
    const held = this.held.get(key);
    if (message.type === "RemoveSceneNodeMessage") {
      this.held.delete(key);
      this.out.push(message);
    } else if (isCreate(message)) {
      this.create(key, held, message);
    } else if (held) {
      this.behind(held, message);
      this.advance(key, held);
    } else if (pendingIn(message).length > 0) {
      this.held.set(key, { queue: [withOwnMemory(message)], skipped: new Set() });
    } else {
      this.out.push(message);
    }
  }

  /** A creation replaces all but pose, visibility and the like, which belong to the name. */
  private create(key: string, held: Held | undefined, message: Create): void {
    if (!held && pendingIn(message).length === 0) {
      this.out.push(message);
      return;
    }
    const rest = held?.queue.filter((m) => !isCreate(m) && !isOfProperties(m)) ?? [];
    const next: Held = { queue: [withOwnMemory(message), ...rest], skipped: new Set() };
    this.held.set(key, next);
    this.advance(key, next);
  }

  private behind(held: Held, message: ServerMessage): void {
    const first = held.queue[0];
    const created = first && isCreate(first) ? first : null;
    if (message.type === "SceneNodeUpdateMessage") {
      const updates = message.updates as Updates;
      for (const property of Object.keys(updates)) {
        if (!this.replace(held, property) || !created) continue;
        // The older value need not be there any more, and the node can't do without one.
        created.props[property] = updates[property];
        Reflect.deleteProperty(updates, property);
      }
      if (Object.keys(updates).length === 0) return;
    }
    if (created || isOfProperties(message)) held.queue.push(withOwnMemory(message));
    else this.out.push(message);
  }

  /** Removes older values of a property, for which a newer one has come. False if one stays, which is on its way. */
  private replace(held: Held, property: string): boolean {
    const begun = held.queue.find((m) =>
      pendingIn(propertyOf(m, property)).some(({ id }) => this.fetcher.begun(id)),
    );
    const spared = begun && held.skipped.has(property) ? begun : null;
    if (begun) held.skipped.add(property);
    for (const message of held.queue) if (message !== spared) removeProperty(message, property);
    held.queue = held.queue.filter((m) => !isEmpty(m));
    return spared === null;
  }

  /** Passes on what need not wait any longer. */
  private advance(key: string, held: Held): void {
    while (held.queue[0] && pendingIn(held.queue[0]).length === 0) {
      const message = held.queue.shift()!;
      if (message.type === "SceneNodeUpdateMessage" || isCreate(message)) held.skipped.clear();
      this.out.push(message);
    }
    if (!held.queue.some(isCreate)) {
      this.out.push(...held.queue.filter((m) => !isOfProperties(m)));
      held.queue = held.queue.filter(isOfProperties);
    }
    if (held.queue.length === 0 && this.held.get(key) === held) this.held.delete(key);
  }

  /** Poses of nodes whose creation waits have to wait with it. */
  private poses(message: PackedPosesMessage): void {
    this.out.push(message);
    for (const held of this.held.values()) {
      for (const { id } of held.queue.filter(isCreate)) {
        const mine = posesOf(message, id);
        if (mine) held.queue.push(mine);
      }
    }
  }

  /** A picture shows what was pending when it was requested. */
  private picture(message: ServerMessage & { type: "GetRenderRequestMessage" }): void {
    const needs = this.wanted();
    const wait = message.asset_wait_ms ?? ASSET_WAIT_MS;
    if (needs.size === 0 || wait <= 0) {
      this.out.push(message);
      return;
    }
    const picture: Picture = {
      message,
      needs,
      timer: setTimeout(() => this.flush(() => this.request(picture)), wait),
    };
    this.pictures.add(picture);
  }

  private request(picture: Picture): void {
    if (!this.pictures.delete(picture)) return;
    clearTimeout(picture.timer);
    this.out.push(picture.message);
  }

  private wanted(): Set<string> {
    const ids = new Set<string>();
    for (const { queue } of this.held.values()) {
      for (const { id } of pendingIn(queue)) ids.add(id);
    }
    return ids;
  }

  private fetchWanted(): void {
    const pending = [...this.held.values()].flatMap(({ queue }) => pendingIn(queue));
    const ids = new Set(pending.map(({ id }) => id));
    this.fetcher.retain(ids);
    for (const array of pending) {
      if (!this.resting.has(array.id)) this.fetcher.request(array);
    }
    for (const picture of this.pictures) {
      if (![...picture.needs].some((id) => ids.has(id))) this.request(picture);
    }
    this.report();
  }

  private loaded(id: string, bytes: ArrayBuffer): void {
    this.failures.delete(id);
    this.flush(() => {
      for (const [key, held] of [...this.held]) {
        replaceArrays(held.queue, (array) =>
          "dtype" in array && array.id === id ? arrayOf(array, bytes) : null,
        );
        this.advance(key, held);
      }
    });
  }

  /** Runs a step and passes on what it has released. */
  private flush(step: () => void): void {
    this.out = [];
    step();
    this.fetchWanted();
    const messages = this.out;
    this.out = [];
    if (messages.length === 0) return;
    this.options.onReady({
      messages,
      timestampSec: 0,
      memory: buffersOf(messages),
      bytes: 0,
      malformed: 0,
    });
  }

  /** A server that ends takes its connections with it: the second failure counts. */
  private failed(id: string, why: string): void {
    if (this.failures.has(id)) {
      this.broken(id, why);
      return;
    }
    this.failures.add(id);
    this.resting.add(id);
    this.later(RETRY_MS, () => {
      this.resting.delete(id);
      this.fetchWanted();
    });
  }

  private gone(id: string): void {
    this.resting.add(id);
    this.flush(() => {
      for (const [key, held] of [...this.held]) {
        if (!pendingIn(held.queue).some((array) => array.id === id)) continue;
        // A newer value may have been waiting for this one.
        const [first, ...rest] = held.queue;
        held.queue = first ? [first] : [];
        for (const message of rest) this.behind(held, message);
        this.advance(key, held);
      }
    });
    this.later(GONE_MS, () => this.broken(id, "the server does not have it any more"));
  }

  private broken(id: string, why: string): void {
    if (this.wanted().has(id)) this.options.onBroken(why);
  }

  private later(wait: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, wait);
    this.timers.add(timer);
  }

  private report(): void {
    const { loaded, total } = this.fetcher.progress();
    this.options.onProgress(loaded, total);
  }
}

function isNamed(message: ServerMessage): message is Named {
  return "name" in message && "owner" in message;
}

function isCreate(message: ServerMessage): message is Create {
  return "props" in message;
}

function isOfProperties({ type }: ServerMessage): boolean {
  return type === "SceneNodeUpdateMessage" || type === "SceneNodePatchMessage";
}

function keyOf({ owner, name }: Named): string {
  return `${owner}\0${name}`;
}

/** What a message does to a property, except if it creates the node. */
function removeProperty(message: ServerMessage, property: string): void {
  if (message.type === "SceneNodeUpdateMessage") {
    Reflect.deleteProperty(message.updates as Updates, property);
  } else if (message.type === "SceneNodePatchMessage") {
    message.patches = message.patches.filter((patch) => patch.property !== property);
  }
}

function isEmpty(message: ServerMessage): boolean {
  if (message.type === "SceneNodePatchMessage") return message.patches.length === 0;
  if (message.type !== "SceneNodeUpdateMessage") return false;
  return Object.keys(message.updates as Updates).length === 0;
}

function propertyOf(message: ServerMessage, property: string): unknown {
  if (isCreate(message)) return message.props[property];
  if (message.type === "SceneNodeUpdateMessage") return (message.updates as Updates)[property];
  return undefined;
}

/** Its buffers are not those of the frame, which moves to the page with other messages. */
function withOwnMemory<T extends ServerMessage>(message: T): T {
  return replaceArrays(message, (array) =>
    ArrayBuffer.isView(array) ? (array as Uint8Array).slice() : null,
  ) as T;
}

function arrayOf(array: PendingArray, bytes: ArrayBuffer): unknown {
  // Equal arrays of two nodes do not share memory: the page may change one of them.
  return wireArray(bytes.slice(0), 0, bytes.byteLength, array.dtype);
}

function buffersOf(messages: ServerMessage[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  replaceArrays(messages, (array) => {
    if (ArrayBuffer.isView(array)) buffers.add(array.buffer as ArrayBuffer);
    return null;
  });
  return [...buffers];
}

function posesOf(m: PackedPosesMessage, id: number | undefined): PackedPosesMessage | null {
  if (id === undefined) return null;
  const p = m.position_ids.indexOf(id);
  const q = m.wxyz_ids.indexOf(id);
  if (p < 0 && q < 0) return null;
  return {
    type: "PackedPosesMessage",
    position_ids: new Uint32Array(p < 0 ? [] : [id]),
    positions: p < 0 ? m.positions.slice(0, 0) : m.positions.slice(3 * p, 3 * p + 3),
    wxyz_ids: new Uint32Array(q < 0 ? [] : [id]),
    wxyzs: q < 0 ? m.wxyzs.slice(0, 0) : m.wxyzs.slice(4 * q, 4 * q + 4),
  };
}
