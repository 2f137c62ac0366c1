import type { Send, ServerMessage } from "../../contract";
import type { ArrayPatch } from "../../protocol/messages.gen";
import { patchProps } from "../../protocol/patch";
import { Edits, QUIET_MS } from "./edits";
import { elementFrom, type GuiElement, orderOf } from "./elements";
import { Outbox } from "./outbox";
import { list } from "./read";
import { Revisions } from "./revisions";
import { beforeNextFrame, type Schedule, Topics } from "./topics";

/** Safety limit: more widgets than this are not shown. */
export const MAX_ELEMENTS = 20_000;

const NONE: readonly string[] = [];

interface Entry {
  element: GuiElement;
  /** Breaks ties of order: in order of creation. */
  readonly seq: number;
  /** The replay that last sent it. */
  generation: number;
}

/**
 * All widgets, outside of React. Each widget and each container's list of children has its own subscription, so an
 * update of one widget rerenders only that one. Containers are only names: children may be created before them.
 */
export class GuiStore {
  private readonly entries = new Map<string, Entry>();
  private readonly contents = new Map<string, Set<string>>();
  private readonly sorted = new Map<string, readonly string[]>();
  private readonly topics: Topics;
  private readonly outbox: Outbox;
  private readonly edits: Edits;
  private readonly revisions = new Revisions();
  private readonly send: Send;
  /** Called for each value that the page's user sets. */
  onEdit: (uuid: string) => void = () => {};
  /** Called for each action that is not sent, as there is no connection. */
  onUnsent: Send = () => {};
  /** The user may only look: nothing is edited and nothing sent. */
  readOnly = false;
  private seq = 0;
  private generation = 0;
  private online = false;

  constructor(
    send: Send,
    schedule: Schedule = beforeNextFrame,
    /** Whether the server confirms values. */
    private readonly confirms: () => boolean = () => false,
  ) {
    this.send = send;
    this.topics = new Topics(schedule);
    this.outbox = new Outbox((uuid, value) => {
      this.edits.sent(uuid);
      const message = { type: "GuiUpdateMessage", uuid, updates: { value } } as const;
      send(this.confirms() ? { ...message, revision: this.revisions.next(uuid) } : message);
    });
    this.outbox.pause();
    this.edits = new Edits((uuid, value) => this.setValue(uuid, value));
  }

  // --- Reading.

  element(uuid: string): GuiElement | undefined {
    return this.entries.get(uuid)?.element;
  }

  /** The container's children in order; the same array until it changes. */
  children(container: string): readonly string[] {
    let sorted = this.sorted.get(container);
    if (!sorted) {
      sorted = this.sort(container);
      this.sorted.set(container, sorted);
    }
    return sorted;
  }

  /** The widget that a container belongs to: a folder's container is its own uuid, tabs have separate ones. */
  holderOf(container: string): GuiElement | undefined {
    const own = this.element(container);
    if (own) return own;
    for (const { element } of this.entries.values()) {
      const tabs = (element.props as { _tab_container_ids?: unknown })._tab_container_ids;
      if (list(tabs).includes(container)) return element;
    }
    return undefined;
  }

  watch(uuid: string, cb: () => void): () => void {
    return this.topics.subscribe(`element:${uuid}`, cb);
  }

  watchChildren(container: string, cb: () => void): () => void {
    return this.topics.subscribe(`children:${container}`, cb);
  }

  get size(): number {
    return this.entries.size;
  }

  /** False while there is no connection to the server. */
  get connected(): boolean {
    return this.online;
  }

  // --- User actions.

  /** Shows the value at once and sends it, throttled. */
  edit(uuid: string, value: unknown, quietMs = QUIET_MS): void {
    if (!this.editSilently(uuid, value, quietMs)) return;
    this.outbox.push(uuid, value);
  }

  /** Shows the value at once without sending it, because it is incomplete. */
  editSilently(uuid: string, value: unknown, quietMs = QUIET_MS): boolean {
    const entry = this.entries.get(uuid);
    if (!entry || this.readOnly) return false;
    // With a server that confirms values, their order is known, and no time has to pass.
    this.edits.changed(uuid, this.confirms() ? 0 : quietMs);
    entry.element = { ...entry.element, value } as GuiElement;
    this.topics.touchNow(`element:${uuid}`);
    this.onEdit(uuid);
    return true;
  }

  /** A drag or a composition begins: values from the server are deferred until endGesture. */
  beginGesture(uuid: string): void {
    if (this.entries.has(uuid) && !this.readOnly) this.edits.begin(uuid);
  }

  endGesture(uuid: string): void {
    this.outbox.flush(uuid);
    this.edits.end(uuid);
  }

  /** The field lost the focus. */
  leave(uuid: string): void {
    this.outbox.flush(uuid);
    this.edits.leave(uuid);
  }

  /**
   * Sends a message that is not a value (a click …), after all values set before it. Without a connection it is not
   * sent, later neither: what is started half a minute after the click would be a surprise.
   */
  act(message: Parameters<Send>[0]): void {
    if (this.readOnly) return;
    if (!this.online) {
      this.onUnsent(message);
      return;
    }
    this.outbox.flushAll();
    this.send(message);
  }

  /**
   * Sends a piece of a file, also while the connection is interrupted: a transfer continues with the session. If that
   * ends, so does the transfer.
   */
  transfer(message: Parameters<Send>[0]): void {
    if (this.readOnly) return;
    this.outbox.flushAll();
    this.send(message);
  }

  /** A click of a button: a value that is sent each time, at once and never throttled. */
  press(uuid: string, value: unknown): void {
    this.act({ type: "GuiUpdateMessage", uuid, updates: { value } });
  }

  // --- Messages from the server.

  create(message: ServerMessage): void {
    const element = elementFrom(message);
    if (!element) return;
    const old = this.entries.get(element.uuid);
    if (!old && this.entries.size >= MAX_ELEMENTS) return;
    this.entries.set(element.uuid, {
      element: old ? this.keepEdited(element, old.element) : element,
      seq: old?.seq ?? this.seq++,
      generation: this.generation,
    });
    if (old && old.element.container !== element.container) this.detach(old.element);
    this.attach(element);
    this.topics.touch(`element:${element.uuid}`);
  }

  update(uuid: unknown, updates: unknown): void {
    if (typeof uuid !== "string" || typeof updates !== "object" || updates === null) return;
    const entry = this.entries.get(uuid);
    if (!entry) return;
    const { value, ...props } = updates as Record<string, unknown>;
    if (Object.keys(props).length > 0) this.setProps(entry, props);
    if (!Object.hasOwn(updates, "value") || this.isOlder(uuid)) return;
    if (!this.edits.intercept(uuid, value)) this.setValue(uuid, value);
  }

  /** The server has received a value of this page. */
  confirm(uuid: unknown, revision: unknown): void {
    if (typeof uuid === "string" && typeof revision === "number") {
      this.revisions.confirm(uuid, revision);
    }
  }

  /** Whether a value that is received now was set before the one that the user has set here. */
  private isOlder(uuid: string): boolean {
    return this.confirms() && (this.revisions.pending(uuid) || this.outbox.waiting(uuid));
  }

  /** Updates array properties partially (see protocol/patch.ts); invalid patches are ignored. */
  patch(uuid: unknown, patches: readonly ArrayPatch[]): void {
    const entry = typeof uuid === "string" && this.entries.get(uuid);
    if (!entry) return;
    this.setProps(entry, patchProps(entry.element.props, patches).props);
  }

  remove(uuid: unknown): void {
    if (typeof uuid !== "string") return;
    const entry = this.entries.get(uuid);
    if (!entry) return;
    this.entries.delete(uuid);
    this.detach(entry.element);
    this.outbox.forget(uuid);
    this.edits.forget(uuid);
    this.revisions.forget(uuid);
    this.topics.touch(`element:${uuid}`);
  }

  /** Removes everything; during a replay, only what this replay has sent: its end removes the rest. */
  reset(): void {
    for (const [uuid, entry] of [...this.entries]) {
      if (entry.generation === this.generation) this.remove(uuid);
    }
  }

  replayStart(): void {
    this.revisions.reset();
    this.generation++;
    this.online = true;
  }

  replayDone(): void {
    for (const [uuid, entry] of [...this.entries]) {
      if (entry.generation === this.generation) continue;
      this.remove(uuid);
    }
    this.generation++;
    for (const entry of this.entries.values()) entry.generation = this.generation;
    this.outbox.resume();
  }

  /** The session continues over another connection. */
  resumed(complete: boolean): void {
    this.online = true;
    if (complete) this.outbox.resume();
  }

  /** The connection was lost: values that the user sets from now on are sent with the next one. */
  disconnected(): void {
    this.online = false;
    this.outbox.pause();
  }

  /** Notifies subscribers now instead of before the next frame. */
  flush(): void {
    this.topics.flush();
  }

  dispose(): void {
    this.outbox.dispose();
    this.edits.dispose();
    this.topics.dispose();
    this.entries.clear();
    this.contents.clear();
    this.sorted.clear();
  }

  /** A widget sent again after a lost connection keeps the user's value if it was not sent yet. */
  private keepEdited(next: GuiElement, old: GuiElement): GuiElement {
    if (next.type !== old.type) return next;
    const unsent = this.outbox.waiting(next.uuid) || this.revisions.pending(next.uuid);
    if (unsent || this.edits.intercept(next.uuid, next.value)) {
      return { ...next, value: old.value } as GuiElement;
    }
    return next;
  }

  private setValue(uuid: string, value: unknown): void {
    const entry = this.entries.get(uuid);
    if (!entry || Object.is(entry.element.value, value)) return;
    entry.element = { ...entry.element, value } as GuiElement;
    this.topics.touch(`element:${uuid}`);
  }

  private setProps(entry: Entry, props: Record<string, unknown>): void {
    const before = entry.element;
    entry.element = { ...before, props: { ...before.props, ...props } } as GuiElement;
    if (orderOf(before) !== orderOf(entry.element)) this.listChanged(before.container);
    this.topics.touch(`element:${before.uuid}`);
  }

  private attach(element: GuiElement): void {
    let children = this.contents.get(element.container);
    if (!children) {
      children = new Set();
      this.contents.set(element.container, children);
    }
    children.add(element.uuid);
    this.listChanged(element.container);
  }

  private detach(element: GuiElement): void {
    const children = this.contents.get(element.container);
    if (!children?.delete(element.uuid)) return;
    if (children.size === 0) this.contents.delete(element.container);
    this.listChanged(element.container);
  }

  private listChanged(container: string): void {
    this.sorted.delete(container);
    this.topics.touch(`children:${container}`);
  }

  private sort(container: string): readonly string[] {
    const children = this.contents.get(container);
    if (!children) return NONE;
    const rank = (uuid: string) => {
      const entry = this.entries.get(uuid)!;
      return [orderOf(entry.element), entry.seq] as const;
    };
    return [...children]
      .map((uuid) => ({ uuid, rank: rank(uuid) }))
      .sort((a, b) => compare(a.rank[0], b.rank[0]) || a.rank[1] - b.rank[1])
      .map(({ uuid }) => uuid);
  }
}

/** Unlike a subtraction, right for infinities too. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
