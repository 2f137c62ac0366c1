/**
 * What a page shows after a list of messages. It is the counterpart of internal/fold, whose package comment has the
 * rules; both pass the vectors in its testdata.
 */

import { wireArray } from "../protocol/arrays";
import { ENTITY_MESSAGES, type EntityMessage } from "../protocol/entities.gen";
import type { Message } from "./message";
import {
  ArrayValue,
  isRecord,
  type Numbers,
  PatchedArray,
  propsOf,
  StoredArray,
  type StoredPatch,
  same,
} from "./values";

export interface Bone {
  readonly position?: Numbers;
  readonly wxyz?: Numbers;
}

export type EntityKind =
  | "scene"
  /** An element of the GUI, a dialog or a panel. */
  | "gui"
  | "notification"
  | "command"
  /** The place or size of a panel. */
  | "placement"
  /** A message of which the last one counts. */
  | "single";

/**
 * A node, an element of the GUI, or another value, each with the message that makes it. A state changes only the
 * entities that it has made itself; others it shares with the states that it was cloned from.
 */
export class Entity {
  // Of nodes only; null: the default.
  position: Numbers | null = null;
  wxyz: Numbers | null = null;
  visible = true;
  clicks: readonly unknown[] | null = null;
  drags: readonly unknown[] | null = null;
  bones: ReadonlyMap<number, Bone> | null = null;
  /** Properties that were set since it was made; null: none. */
  changed: ReadonlySet<string> | null = null;
  /** On the wire, for packed poses; -1: none. */
  id = -1;

  constructor(
    readonly key: string,
    readonly kind: EntityKind,
    readonly owner: string,
    /** Of a node; otherwise its uuid. */
    readonly name: string,
    /** With all updates; null for the root of the scene. */
    public message: Message | null,
    /** Ascends with creation. */
    readonly order: number,
    /** The state that may change it. */
    readonly writer: object,
  ) {}

  copy(writer: object): Entity {
    const { key, kind, owner, name, message, order } = this;
    const copy = new Entity(key, kind, owner, name, message, order, writer);
    copy.position = this.position;
    copy.wxyz = this.wxyz;
    copy.visible = this.visible;
    copy.clicks = this.clicks;
    copy.drags = this.drags;
    copy.bones = this.bones;
    copy.changed = this.changed;
    copy.id = this.id;
    return copy;
  }

  get virtual(): boolean {
    return this.message?.virtual === true;
  }
}

/** Entities before some changes; null: it was not there. */
export type Changes = ReadonlyMap<string, Entity | null>;

const MAX_DEPTH = 256;
/** Nodes of one name. */
const MAX_OWNERS = 256;
/** Properties of an entity that are other than in the message that makes it. */
const MAX_CHANGED = 4096;
const MAX_BONE = 65_535;
const MAX_NOTIFICATIONS = 60;
const CONTROL_PANEL = "viser-control-panel";
const PANEL = "GuiPanelMessage";

/** Of these the last message counts. */
const SINGLES: ReadonlySet<string> = new Set([
  "ThemeConfigurationMessage",
  "SetGuiPanelLabelMessage",
  "EnableLightsMessage",
  "SetToneMappingMessage",
  "SetLookMessage",
  "FogMessage",
  "SetSelectionMessage",
  "EnvironmentMapMessage",
  "BackgroundImageMessage",
  "SetCameraMinOrbitDistanceMessage",
  "SetCameraMaxOrbitDistanceMessage",
]);

/** The same, but what a page begins with is separate. */
const CAMERAS: ReadonlySet<string> = new Set([
  "SetCameraPositionMessage",
  "SetCameraUpDirectionMessage",
  "SetCameraLookAtMessage",
  "SetCameraNearMessage",
  "SetCameraFarMessage",
  "SetCameraFovMessage",
  "SetCameraProjectionMessage",
]);

/** The key of a node. */
export function nodeKey(owner: string, name: string): string {
  // The root belongs to nobody.
  return name === "" ? ROOT : `scene\0${owner}\0${name}`;
}

export const ROOT = "scene\0\0";

export class State {
  /** In the order of their creation. */
  private entities: Map<string, Entity>;
  /** Nodes by the ids that packed poses use. */
  private readonly ids: Map<number, string>;
  /** Keys of the nodes with an owner, by name. */
  private readonly owned: Map<string, readonly string[]>;
  private order: number;
  private notifications: number;
  private writer: object = {};
  private changes: Map<string, Entity | null> | null = null;

  constructor(from?: State) {
    this.entities = new Map(from?.entities);
    this.ids = new Map(from?.ids);
    this.owned = new Map(from?.owned);
    this.order = from?.order ?? 0;
    this.notifications = from?.notifications ?? 0;
  }

  /** What it has is shared until one of the two changes it. */
  clone(): State {
    this.writer = {};
    return new State(this);
  }

  get all(): ReadonlyMap<string, Entity> {
    return this.entities;
  }

  /** From now on what changes is noted. */
  watch(): void {
    this.writer = {};
    this.changes = new Map();
  }

  /** What has changed since `watch`, as it was before. */
  get changed(): Changes {
    return this.changes ?? new Map();
  }

  /** The nodes of a name, one for each owner. */
  variants(name: string): Entity[] {
    const shared = this.entities.get(nodeKey("", name));
    const found = shared ? [shared] : [];
    for (const key of this.owned.get(name) ?? []) found.push(this.entities.get(key)!);
    return found;
  }

  /** Returns false if the message is malformed: then nothing has changed. */
  apply(message: Message): boolean {
    const { type } = message;
    switch (type) {
      case "SetPositionMessage":
        return this.pose(message, message.position, (key, value) => this.setPosition(key, value));
      case "SetOrientationMessage":
        return this.pose(message, message.wxyz, (key, value) => this.setWxyz(key, value));
      case "SetSceneNodeVisibilityMessage":
        return this.visibility(message);
      case "SetSceneNodeClickBindingsMessage":
        return this.bindings(message, "clicks");
      case "SetSceneNodeDragBindingsMessage":
        return this.bindings(message, "drags");
      case "SetBonePositionMessage":
        return this.bone(message, "position");
      case "SetBoneOrientationMessage":
        return this.bone(message, "wxyz");
      case "PackedPosesMessage":
        return this.packed(message);
      case "ResetGuiMessage":
        this.removeWhere((e) => e.kind === "gui");
        return true;
      case "ScenePointerEnableMessage":
        return this.pointer(message);
    }
    if (SINGLES.has(type)) return this.single(type, message);
    if (CAMERAS.has(type)) return this.single(`${type}\0${message.initial === true}`, message);
    const info = ENTITY_MESSAGES.get(type);
    return info ? this.entity(message, info) : true;
  }

  // --- Scene.

  /** One that is not finite is ignored, as are nodes that do not exist. */
  setPosition(key: string, p: Numbers): void {
    if (!Number.isFinite(p[0]! + p[1]! + p[2]!) && !p.every(Number.isFinite)) return;
    const node = this.nodeToChange(key);
    if (node) node.position = p;
  }

  /** The same for one that is no rotation. */
  setWxyz(key: string, q: Numbers): void {
    const n = Math.sqrt(q[0]! * q[0]! + q[1]! * q[1]! + q[2]! * q[2]! + q[3]! * q[3]!);
    if (!(n > 1e-12) || n === Number.POSITIVE_INFINITY) return;
    const node = this.nodeToChange(key);
    if (node) node.wxyz = q;
  }

  private pose(m: Message, value: unknown, set: (key: string, value: Numbers) => void): boolean {
    const key = keyOf(m);
    const count = m.type === "SetPositionMessage" ? 3 : 4;
    if (key === null || !areNumbers(value, count)) return false;
    set(key, value);
    return true;
  }

  private packed(m: Message): boolean {
    const { position_ids: positionIds, positions, wxyz_ids: wxyzIds, wxyzs } = m;
    const lists = [positionIds, positions, wxyzIds, wxyzs].map(numbersIn);
    if (!lists.every((list) => list !== null)) return false;
    this.packedOnes(lists[0]!, lists[1]!, 3, (key, p) => this.setPosition(key, p));
    this.packedOnes(lists[2]!, lists[3]!, 4, (key, q) => this.setWxyz(key, q));
    return true;
  }

  private packedOnes(
    ids: ArrayLike<number>,
    values: ArrayLike<number>,
    width: number,
    set: (key: string, value: Numbers) => void,
  ): void {
    for (let i = 0; i < ids.length && (i + 1) * width <= values.length; i++) {
      const key = this.ids.get(ids[i]!);
      if (key === undefined) continue;
      set(
        key,
        Array.from({ length: width }, (_, k) => values[i * width + k]!),
      );
    }
  }

  private visibility(m: Message): boolean {
    const key = keyOf(m);
    if (key === null || typeof m.visible !== "boolean") return false;
    const node = this.nodeToChange(key);
    if (node) node.visible = m.visible;
    return true;
  }

  private bindings(m: Message, field: "clicks" | "drags"): boolean {
    const key = keyOf(m);
    if (key === null || !Array.isArray(m.bindings)) return false;
    const node = this.toChange(key);
    if (node && key !== ROOT) node[field] = m.bindings.length > 0 ? m.bindings : null;
    return true;
  }

  private bone(m: Message, field: "position" | "wxyz"): boolean {
    const key = keyOf(m);
    const index = m.bone_index;
    const value = m[field];
    if (key === null || !areNumbers(value, field === "position" ? 3 : 4)) return false;
    if (!isCount(index) || index > MAX_BONE) return false;
    const node = this.toChange(key);
    if (!node || key === ROOT) return true;
    const bones = new Map(node.bones);
    bones.set(index, { ...bones.get(index), [field]: value });
    node.bones = bones;
    return true;
  }

  private pointer(m: Message): boolean {
    const { event_type: event, modifiers } = m;
    if (typeof event !== "string" || !Array.isArray(modifiers)) return false;
    const key = `${m.type}\0${event}\0${ownerOf(m)}`;
    if (modifiers.length > 0) return this.single(key, m);
    this.remove(`single\0${key}`);
    return true;
  }

  private createNode(key: string, m: Message): boolean {
    if (!isRecord(m.props)) return false;
    const name = String(m.name);
    if (name === "" || name.split("/", MAX_DEPTH + 2).length > MAX_DEPTH + 1) return true;
    let node = this.toChange(key);
    if (!node && this.isFull(name)) return false;
    const before = this.effective(name);
    const message = withoutId(m);
    if (node) {
      node.message = message;
      node.changed = null;
      node.bones = null;
    } else {
      node = this.add(key, "scene", ownerOf(m), name, message);
      if (node.owner !== "") this.owned.set(name, [...(this.owned.get(name) ?? []), key]);
    }
    this.assign(node, isCount(m.id) ? m.id : -1);
    this.elected(name, before);
    return true;
  }

  private isFull(name: string): boolean {
    return this.owned.has(name) && this.variants(name).length >= MAX_OWNERS;
  }

  private removeNode(key: string, name: string): void {
    const before = this.effective(name);
    const node = this.entities.get(key);
    if (!node || key === ROOT) return;
    if (this.ids.get(node.id) === key) this.ids.delete(node.id);
    this.remove(key);
    if (node.owner !== "") {
      const left = this.owned.get(name)!.filter((k) => k !== key);
      if (left.length > 0) this.owned.set(name, left);
      else this.owned.delete(name);
    }
    this.elected(name, before);
  }

  private assign(node: Entity, id: number): void {
    if (this.ids.get(node.id) === node.key) this.ids.delete(node.id);
    node.id = id;
    if (id >= 0) this.ids.set(id, node.key);
  }

  /** The node of several of one name that is shown. */
  private effective(name: string): Entity | null {
    if (!this.owned.has(name)) return this.entities.get(nodeKey("", name)) ?? null;
    let best: Entity | null = null;
    for (const v of this.variants(name)) {
      if (!best || rank(v) > rank(best) || (rank(v) === rank(best) && v.order < best.order))
        best = v;
    }
    return best;
  }

  /** A virtual node that becomes effective takes over the pose. */
  private elected(name: string, before: Entity | null): void {
    const best = this.effective(name);
    if (!best?.virtual || !before || best.key === before.key) return;
    const node = this.toChange(best.key)!;
    node.position = before.position;
    node.wxyz = before.wxyz;
  }

  // --- Other entities.

  private entity(m: Message, { entity, phase }: EntityMessage): boolean {
    if (entity === "scene") return this.sceneEntity(m, phase);
    const { uuid } = m;
    if (typeof uuid !== "string") return false;
    const kind = entity === "modal" ? "gui" : entity;
    const key = `${kind}\0${uuid}`;
    if (m.type.startsWith("GuiSetPanel")) return this.placement(key, uuid, m);
    if (phase === "create") return this.createElement(key, kind, uuid, m);
    if (phase !== "remove") return this.update(key, m);
    this.removeElement(key, uuid);
    return true;
  }

  private createElement(key: string, kind: EntityKind, uuid: string, m: Message): boolean {
    const modal = m.type === "GuiModalMessage";
    if (!modal && !isRecord(m.props)) return false;
    const placed = kind !== "gui" || modal || m.type === PANEL;
    if (!placed && typeof m.container_uuid !== "string") return false;
    if (kind === "notification" && !this.entities.has(key)) this.countNotification();
    if (kind === "gui" && m.type !== PANEL) this.forgetPlacements(uuid);
    return this.set(key, kind, uuid, m);
  }

  /** The page shows a limited number, and removes the oldest. */
  private countNotification(): void {
    if (++this.notifications <= MAX_NOTIFICATIONS) return;
    for (const e of this.entities.values()) {
      if (e.kind !== "notification") continue;
      this.removeElement(e.key, e.name);
      return;
    }
  }

  private removeElement(key: string, uuid: string): void {
    const element = this.entities.get(key);
    if (!element) return;
    this.remove(key);
    if (element.kind === "notification") this.notifications--;
    if (element.message?.type === PANEL) this.forgetPlacements(uuid);
  }

  private forgetPlacements(uuid: string): void {
    if (uuid === CONTROL_PANEL) return;
    for (const type of PLACEMENTS) this.remove(`placement\0${type}\0${uuid}`);
  }

  private placement(element: string, uuid: string, m: Message): boolean {
    const panel = this.entities.get(element)?.message?.type === PANEL;
    if (uuid !== CONTROL_PANEL && !panel) return true;
    return this.set(`placement\0${m.type}\0${uuid}`, "placement", uuid, m);
  }

  private sceneEntity(m: Message, phase: EntityMessage["phase"]): boolean {
    const key = keyOf(m);
    if (key === null) return false;
    if (phase === "create") return this.createNode(key, m);
    if (phase !== "remove") return this.update(key, m);
    this.removeNode(key, String(m.name));
    return true;
  }

  /** Changes properties, or parts of arrays among them. */
  private update(key: string, m: Message): boolean {
    if (m.type === "NotificationUpdateMessage") return this.replaceProps(key, m.props);
    if (m.type.endsWith("PatchMessage")) return this.patch(key, m.patches);
    return this.updateProps(key, m.updates);
  }

  private replaceProps(key: string, props: unknown): boolean {
    if (!isRecord(props)) return false;
    const entity = this.toChange(key);
    if (entity?.message) entity.message = { ...entity.message, props };
    return true;
  }

  private updateProps(key: string, updates: unknown): boolean {
    if (!isRecord(updates)) return false;
    const known = this.entities.get(key);
    if (!known?.message) return true;
    if (Object.keys(updates).length + (known.changed?.size ?? 0) > MAX_CHANGED) return false;
    const entity = this.toChange(key)!;
    let message = known.message;
    let props = updates;
    if (entity.kind === "gui" && Object.hasOwn(updates, "value")) {
      const { value, ...rest } = updates;
      message = { ...message, value };
      props = rest;
    }
    if (message.type !== "GuiModalMessage") {
      message = { ...message, props: { ...propsOf(message), ...props } };
      entity.changed = withKeys(entity.changed, Object.keys(props));
    }
    entity.message = message;
    return true;
  }

  private patch(key: string, patches: unknown): boolean {
    if (!Array.isArray(patches) || !patches.every(isPatch)) return false;
    const entity = this.toChange(key);
    if (!entity?.message) return true;
    const props = { ...propsOf(entity.message) };
    for (const p of patches) {
      if ((entity.changed?.size ?? 0) >= MAX_CHANGED) break;
      const old = props[p.property];
      const next = Array.isArray(old)
        ? old.map((a, i) => (i === p.index ? patchedValue(a, p) : a))
        : patchedValue(old, p);
      if (same(next, old)) continue;
      props[p.property] = next;
      entity.changed = withKeys(entity.changed, [p.property]);
    }
    entity.message = { ...entity.message, props };
    return true;
  }

  // --- All.

  private single(key: string, m: Message): boolean {
    return this.set(`single\0${key}`, "single", "", m);
  }

  /** Sets the message of an entity; its place in the order remains. */
  private set(key: string, kind: EntityKind, name: string, message: Message): boolean {
    const old = this.toChange(key);
    if (old) {
      old.message = message;
      old.changed = null;
    } else this.add(key, kind, ownerOf(message), name, message);
    return true;
  }

  private add(
    key: string,
    kind: EntityKind,
    owner: string,
    name: string,
    message: Message | null,
  ): Entity {
    const entity = new Entity(key, kind, owner, name, message, this.order++, this.writer);
    this.note(key, null);
    this.entities.set(key, entity);
    return entity;
  }

  private remove(key: string): void {
    const old = this.entities.get(key);
    if (!old) return;
    this.note(key, old);
    this.entities.delete(key);
  }

  private removeWhere(drop: (e: Entity) => boolean): void {
    for (const e of [...this.entities.values()]) if (drop(e)) this.removeElement(e.key, e.name);
  }

  private nodeToChange(key: string): Entity | undefined {
    const node = this.toChange(key);
    if (node || key !== ROOT) return node;
    return this.add(ROOT, "scene", "", "", null);
  }

  private toChange(key: string): Entity | undefined {
    const entity = this.entities.get(key);
    if (!entity || entity.writer === this.writer) return entity;
    this.note(key, entity);
    const copy = entity.copy(this.writer);
    this.entities.set(key, copy);
    return copy;
  }

  private note(key: string, before: Entity | null): void {
    if (this.changes && !this.changes.has(key)) this.changes.set(key, before);
  }
}

const PLACEMENTS = [...ENTITY_MESSAGES.keys()].filter((type) => type.startsWith("GuiSetPanel"));

function rank(node: Entity): number {
  return (node.owner === "" ? 0 : 1) + (node.virtual ? 0 : 4);
}

function ownerOf(m: Message): string {
  return typeof m.owner === "string" ? m.owner : "";
}

function keyOf(m: Message): string | null {
  return typeof m.name === "string" ? nodeKey(ownerOf(m), m.name) : null;
}

function areNumbers(value: unknown, count: number): value is number[] {
  if (!Array.isArray(value) || value.length !== count) return false;
  for (const x of value) if (typeof x !== "number") return false;
  return true;
}

function withoutId(m: Message): Message {
  if (!Object.hasOwn(m, "id")) return m;
  const { id: _, ...message } = m;
  return message as Message;
}

/** The same set if it has all keys. */
function withKeys(set: ReadonlySet<string> | null, keys: string[]): ReadonlySet<string> {
  const more = keys.filter((key) => !set?.has(key));
  return set && more.length === 0 ? set : new Set([...(set ?? []), ...more]);
}

/** Arrays of the file are not loaded here: recordings have a message for each pose. */
function numbersIn(value: unknown): ArrayLike<number> | null {
  if (Array.isArray(value)) return value;
  if (!(value instanceof StoredArray) || !value.data) return null;
  const { buffer, byteOffset, length } = value.data;
  return wireArray(buffer, byteOffset, length, value.dtype) as ArrayLike<number>;
}

function isPatch(p: unknown): p is StoredPatch {
  return isRecord(p) && typeof p.property === "string";
}

/** As the page does: a patch that does not fit changes nothing. */
function patchedValue(old: unknown, patch: StoredPatch): unknown {
  const { data } = patch;
  if (!(old instanceof ArrayValue) || !(data instanceof ArrayValue)) return old;
  if (old.elementType !== data.elementType || !fits(old.length, patch)) return old;
  return new PatchedArray(old, patch);
}

/** See protocol/patch.ts, whose rules these are. */
function fits(length: number, { data, ranges, total }: StoredPatch): boolean {
  if (!Array.isArray(ranges) || ranges.length % 2 !== 0 || !isCount(total)) return false;
  let end = 0;
  let sum = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const [from, n] = [ranges[i], ranges[i + 1]];
    if (!isCount(from) || !isCount(n) || from < end || from > Math.max(length, end)) return false;
    end = from + n;
    sum += n;
  }
  return sum === data.length && end <= total && total <= Math.max(length, end);
}

function isCount(x: unknown): x is number {
  return Number.isSafeInteger(x) && (x as number) >= 0;
}
