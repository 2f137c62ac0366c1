/**
 * Holds back messages whose arrays are being fetched, and later ones that depend on them. Everything else passes at
 * once, so that a slider never waits for a point cloud.
 *
 * A creation that has to wait is announced to the page: it keeps what it shows at that name, and applies poses,
 * visibility and the like, which need not wait, to the node that is coming (SceneTree.announce).
 *
 * Messages about the properties of one node form a queue while arrays of it are pending:
 *  - a removal, and the creation of another node of that name, cancel what is pending;
 *  - a newer value of a property replaces one that is pending. But a fetch that has begun is not canceled for a newer
 *    value twice in a row: otherwise a cloud that changes faster than it can be fetched would never be shown.
 */
import {
  type Announcement,
  type PendingArray,
  pendingIn,
  replaceArrays,
  wireArray,
} from "../protocol/arrays";
import type { Frame } from "../protocol/frame";
import type { ServerMessage } from "../protocol/messages.gen";
import { Fetcher, type FetcherOptions, type FetchProgress } from "./fetcher";

export interface PendingArraysOptions {
  fetch: FetcherOptions["fetch"];
  /** Messages that need to wait no longer. */
  onReady(frame: Frame): void;
  /** Arrays cannot be fetched. */
  onBroken(why: string): void;
  onProgress(progress: FetchProgress): void;
}

type Updates = Record<string, unknown>;
type Named = ServerMessage & { name: string; owner: string };
type Create = Named & { props: Updates; id?: number };

/** The messages about one node, in order. */
interface Held {
  queue: ServerMessage[];
  /** Since something was last shown, a fetch was canceled for a newer value. */
  skipped: boolean;
}

interface Picture {
  message: ServerMessage;
  /** null: not known until the replay is complete. */
  needs: Set<string> | null;
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
  /** Arrays that are loaded, while held messages need them. */
  private readonly ready = new Map<string, ArrayBuffer>();
  private readonly fetcher: Fetcher;
  private out: ServerMessage[] = [];
  /** Messages in `out` that have waited. */
  private complete: ServerMessage[] = [];
  /** Where in `out` nodes are removed. */
  private readonly removals = new Map<string, number>();

  constructor(private readonly options: PendingArraysOptions) {
    this.fetcher = new Fetcher({
      fetch: options.fetch,
      onLoaded: (id, bytes) => this.loaded(id, bytes),
      onGone: (id) => this.gone(id),
      onFailed: (id, why, stalled) => this.failed(id, why, stalled),
      onProgress: () => this.report(),
    });
  }

  /** Returns the frame without what has to wait. */
  take(frame: Frame): Frame {
    const idle = this.held.size === 0 && this.pictures.size === 0;
    if (idle && pendingIn(frame.messages).length === 0) return frame;
    for (const message of frame.messages) this.message(message);
    const { messages, memory } = this.released();
    frame.messages = messages;
    frame.memory.push(...memory);
    this.report();
    return frame;
  }

  /** Another session begins; or, with `same`, the one of before, with the whole state again. */
  reset(same: boolean): void {
    this.held.clear();
    this.ready.clear();
    for (const picture of this.pictures) {
      picture.needs = null;
      if (same) continue;
      clearTimeout(picture.timer);
      this.pictures.delete(picture);
    }
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
    this.report();
  }

  progress(): FetchProgress {
    return this.fetcher.progress();
  }

  private message(message: ServerMessage): void {
    if (message.type === "GetRenderRequestMessage") this.picture(message);
    else if (isNamed(message)) this.about(message);
    else this.out.push(message);
    if (message.type === "ReplayDoneMessage") this.replayDone();
  }

  private about(message: Named): void {
    const key = keyOf(message);
    const held = this.held.get(key);
    if (message.type === "RemoveSceneNodeMessage") {
      this.held.delete(key);
      this.removals.set(key, this.out.push(message) - 1);
    } else if (isCreate(message)) {
      this.create(key, message);
    } else if (held) {
      this.behind(held, message);
      this.advance(key, held);
    } else if (isOfProperties(message) && pendingIn(message).length > 0) {
      this.held.set(key, { queue: [withOwnMemory(message)], skipped: false });
      this.advance(key, this.held.get(key)!);
    } else {
      this.out.push(message);
    }
  }

  /** A creation replaces all properties; what else is about the name has passed. */
  private create(key: string, message: Create): void {
    this.held.delete(key);
    if (pendingIn(message).length > 0) {
      this.out.push(this.announcement(key, message));
      this.held.set(key, { queue: [withOwnMemory(message)], skipped: false });
      this.advance(key, this.held.get(key)!);
    } else {
      this.out.push(message);
    }
    this.removals.delete(key);
  }

  /** A node that is removed in the same step as its successor begins to be fetched is shown until that is there. */
  private announcement(key: string, message: Create): ServerMessage {
    const removal = this.removals.get(key);
    if (removal !== undefined) this.out[removal] = NOTHING;
    const announced: Announcement = { pending: true, fresh: removal !== undefined };
    return { ...message, props: {}, ...announced } as unknown as ServerMessage;
  }

  private behind(held: Held, message: ServerMessage): void {
    const created = held.queue.find(isCreate);
    if (!isOfProperties(message) && !(created && isOfBones(message))) {
      this.out.push(message);
      return;
    }
    if (message.type === "SceneNodeUpdateMessage") {
      const updates = message.updates as Updates;
      if (this.supersede(held, updates, created)) return;
    }
    held.queue.push(withOwnMemory(message));
  }

  /** Ends fetches of older values than these. Returns true if the node's creation has taken the new ones over. */
  private supersede(held: Held, updates: Updates, created: Create | undefined): boolean {
    const names = Object.keys(updates);
    const begun = held.queue.find((m) =>
      names.some((name) => pendingIn(propertyOf(m, name)).some(({ id }) => this.begun(id))),
    );
    const spared = held.skipped ? begun : undefined;
    if (begun) held.skipped = true;
    for (const message of held.queue) {
      if (message !== spared) for (const name of names) removeProperty(message, name);
    }
    held.queue = held.queue.filter((m) => !isEmpty(m));
    if (!created || created === spared) return false;
    // The older values need not be there any more, and the node can't do without one.
    Object.assign(created.props, withOwnMemory(updates));
    return true;
  }

  private begun(id: string): boolean {
    return this.ready.has(id) || this.fetcher.begun(id);
  }

  /** Passes on what need not wait any longer. */
  private advance(key: string, held: Held): void {
    while (held.queue[0] && pendingIn(held.queue[0]).every(({ id }) => this.ready.has(id))) {
      const message = held.queue.shift()!;
      if (message.type === "SceneNodeUpdateMessage" || isCreate(message)) held.skipped = false;
      this.out.push(message);
      this.complete.push(message);
    }
    if (held.queue.length === 0) this.held.delete(key);
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

  private replayDone(): void {
    for (const picture of this.pictures) picture.needs ??= this.wanted();
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
    for (const id of this.ready.keys()) if (!ids.has(id)) this.ready.delete(id);
    for (const array of pending) {
      if (!this.resting.has(array.id) && !this.ready.has(array.id)) this.fetcher.request(array);
    }
    for (const picture of this.pictures) {
      const { needs } = picture;
      if (needs && ![...needs].some((id) => ids.has(id))) this.request(picture);
    }
  }

  private loaded(id: string, bytes: ArrayBuffer): void {
    this.failures.delete(id);
    this.ready.set(id, bytes);
    this.flush(() => this.advanceAll());
  }

  private advanceAll(): void {
    for (const [key, held] of [...this.held]) this.advance(key, held);
  }

  /** Runs a step and passes on what it has released. */
  private flush(step: () => void): void {
    step();
    const { messages, memory } = this.released();
    if (messages.length > 0) {
      this.options.onReady({ messages, timestampSec: 0, memory, bytes: 0, malformed: 0 });
    }
    this.report();
  }

  /** What passes now, with its arrays in place; what else is needed is being fetched. */
  private released(): Pick<Frame, "messages" | "memory"> {
    const loaded = new Map(this.ready);
    this.fetchWanted();
    const messages = this.out.filter((m) => m !== NOTHING);
    const { complete } = this;
    this.out = [];
    this.complete = [];
    this.removals.clear();
    // The messages move to the page, with one copy of each array; so messages that still wait need another one.
    for (const id of this.ready.keys()) loaded.set(id, this.ready.get(id)!.slice(0));
    replaceArrays(complete, (array) =>
      "dtype" in array ? arrayOf(array, loaded.get(array.id)!) : null,
    );
    return { messages, memory: buffersOf(complete) };
  }

  /** A server that ends takes its connections with it: the second failure counts. */
  private failed(id: string, why: string, stalled: boolean): void {
    if (stalled || this.failures.has(id)) {
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
    this.options.onProgress(this.progress());
  }
}

/** In place of a message that is left out. */
const NOTHING = { type: "" } as unknown as ServerMessage;

function isNamed(message: ServerMessage): message is Named {
  return "name" in message && "owner" in message;
}

function isCreate(message: ServerMessage): message is Create {
  return "props" in message;
}

function isOfProperties({ type }: ServerMessage): boolean {
  return type === "SceneNodeUpdateMessage" || type === "SceneNodePatchMessage";
}

function isOfBones({ type }: ServerMessage): boolean {
  return type === "SetBonePositionMessage" || type === "SetBoneOrientationMessage";
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
function withOwnMemory<T extends object>(message: T): T {
  return replaceArrays(message, (array) =>
    ArrayBuffer.isView(array) ? (array as Uint8Array).slice() : null,
  ) as T;
}

function arrayOf(array: PendingArray, bytes: ArrayBuffer): unknown {
  return wireArray(bytes, 0, bytes.byteLength, array.dtype);
}

function buffersOf(messages: ServerMessage[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  replaceArrays(messages, (array) => {
    if (ArrayBuffer.isView(array)) buffers.add(array.buffer as ArrayBuffer);
    return null;
  });
  return [...buffers];
}
