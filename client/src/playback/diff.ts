/** The messages that turn a page which shows one state into one that shows another. */
import { type Bone, type Changes, type Entity, ROOT, type State } from "./fold";
import type { Message } from "./message";
import { isRecord, type Numbers, patchesBetween, propsOf, same } from "./values";

export interface NodePose {
  readonly node: Entity;
  /** null: as it is. */
  readonly position: Numbers | null;
  readonly wxyz: Numbers | null;
}

export interface Difference {
  /** Removals, then what creates and changes, in order. */
  messages: Message[];
  /** Of nodes, by their keys; they come after the messages. */
  poses: Map<string, NodePose>;
  /** There are no messages that undo something: the page is to be told all, as at the start. */
  anew: boolean;
}

export function difference(from: State, to: State): Difference {
  const out = new Writer(to);
  for (const [key, before] of from.all) if (!to.all.has(key)) out.remove(before);
  for (const [key, after] of to.all) {
    const before = from.all.get(key);
    if (before !== after) out.show(before, after);
  }
  return out.finish();
}

/** The same for a state of which it is known what has changed. */
export function differenceOf(changes: Changes, to: State): Difference {
  const out = new Writer(to);
  const shown: [before: Entity | undefined, after: Entity][] = [];
  for (const [key, before] of changes) {
    const after = to.all.get(key);
    if (after) shown.push([before ?? undefined, after]);
    else if (before) out.remove(before);
  }
  shown.sort(([, a], [, b]) => a.order - b.order);
  for (const [before, after] of shown) out.show(before, after);
  return out.finish();
}

const ORIGIN: Numbers = [0, 0, 0];
const UPRIGHT: Numbers = [1, 0, 0, 0];

/** What undoes messages of which the last one counts, as far as a message does. */
export const UNDO: ReadonlyMap<string, Message> = new Map(
  [
    {
      type: "ThemeConfigurationMessage",
      titlebar_content: null,
      control_layout: "floating",
      control_width: "medium",
      show_logo: true,
      show_share_button: true,
      dark_mode: false,
      colors: null,
    },
    { type: "SetGuiPanelLabelMessage", label: null },
    { type: "EnableLightsMessage", enabled: true, cast_shadow: true },
    { type: "SetToneMappingMessage", tone_mapping: "linear" },
    { type: "SetLookMessage", looks: [] },
    { type: "FogMessage", near: 0, far: 0, color: [0, 0, 0], enabled: false },
    { type: "SetSelectionMessage", names: [], revision: 0 },
    {
      type: "EnvironmentMapMessage",
      hdri_data: null,
      background: false,
      background_blurriness: 0,
      background_intensity: 1,
      background_wxyz: [1, 0, 0, 0],
      environment_intensity: 1,
      environment_wxyz: [1, 0, 0, 0],
    },
    { type: "BackgroundImageMessage", format: "jpeg", rgb_data: null, depth_data: null },
    { type: "SetCameraMinOrbitDistanceMessage", min_orbit_distance: 0.01 },
    { type: "SetCameraMaxOrbitDistanceMessage", max_orbit_distance: 1e4 },
  ].map((message) => [message.type, message]),
);

let orders = 0;

class Writer {
  readonly result: Difference = { messages: [], poses: new Map(), anew: false };
  /**
   * Names of which nodes were created or removed, and whether one of those was virtual: which of several is effective
   * may have changed meanwhile, and virtual ones take over poses.
   */
  private readonly contested = new Map<string, boolean>();

  constructor(private readonly to: State) {}

  remove(entity: Entity): void {
    const { kind, key, owner, name, message } = entity;
    if (key === ROOT) {
      this.result.poses.set(key, { node: entity, position: ORIGIN, wxyz: UPRIGHT });
      this.send({ type: "SetSceneNodeVisibilityMessage", name, visible: true, owner });
      return;
    }
    switch (kind) {
      case "scene":
        this.contest(entity);
        this.send({ type: "RemoveSceneNodeMessage", name, owner });
        break;
      case "gui":
        this.send({ type: removalOf(message), uuid: name });
        break;
      case "notification":
        this.send({ type: "RemoveNotificationMessage", uuid: name });
        break;
      case "command":
        this.send({ type: "RemoveCommandMessage", uuid: name });
        break;
      case "single":
        if (message) this.undo(message);
        break;
      case "placement":
        // The panel remains where it is.
        break;
    }
  }

  show(before: Entity | undefined, after: Entity): void {
    switch (after.kind) {
      case "scene":
        this.node(before, after);
        break;
      case "gui":
        this.element(before, after);
        break;
      case "notification":
        this.notification(before, after);
        break;
      case "command":
        this.command(before, after);
        break;
      case "placement":
        if (!same(before?.message, after.message)) this.place(after);
        break;
      case "single":
        if (after.message && !same(before?.message, after.message)) this.send(after.message);
        break;
    }
  }

  finish(): Difference {
    for (const [name, virtual] of this.contested) {
      const variants = this.to.variants(name);
      if (!virtual && variants.every((v) => !v.virtual)) continue;
      for (const node of variants) {
        const { key, position, wxyz } = node;
        this.result.poses.set(key, { node, position: position ?? ORIGIN, wxyz: wxyz ?? UPRIGHT });
      }
    }
    return this.result;
  }

  private contest({ name, virtual }: Entity): void {
    this.contested.set(name, virtual || (this.contested.get(name) ?? false));
  }

  private send(message: Message): void {
    this.result.messages.push(message);
  }

  private undo({ type, event_type, owner }: Message): void {
    if (type === "ScenePointerEnableMessage") {
      this.send({ type, event_type, modifiers: [], owner });
      return;
    }
    // Nothing brings back the lights of a page without an environment map.
    if (type === "EnvironmentMapMessage") this.result.anew = true;
    // The page's camera remains where it is.
    const undo = UNDO.get(type);
    if (undo) this.send(undo);
  }

  /** The page obeys an order again only if it seems to be of another run. */
  private place({ message }: Entity): void {
    if (message) this.send({ ...message, run_id: `${message.run_id} ${++orders}` });
  }

  private node(before: Entity | undefined, after: Entity): void {
    const { owner, name, key } = after;
    const created = key !== ROOT && this.created(before, after);
    if (created) this.contest(before ?? after);
    const position = after.position ?? ORIGIN;
    const wxyz = after.wxyz ?? UPRIGHT;
    const moved = !same(before?.position ?? ORIGIN, position);
    const turned = !same(before?.wxyz ?? UPRIGHT, wxyz);
    if (moved || turned) {
      const pose = { node: after, position: moved ? position : null, wxyz: turned ? wxyz : null };
      this.result.poses.set(key, pose);
    }
    if ((before?.visible ?? true) !== after.visible) {
      this.send({
        type: "SetSceneNodeVisibilityMessage",
        name,
        visible: after.visible,
        owner,
      });
    }
    this.bones(created ? null : (before?.bones ?? null), after);
    if (!same(before?.clicks ?? null, after.clicks)) {
      const bindings = after.clicks ?? [];
      this.send({ type: "SetSceneNodeClickBindingsMessage", name, bindings, owner });
    }
    if (!same(before?.drags ?? null, after.drags)) {
      const bindings = after.drags ?? [];
      this.send({ type: "SetSceneNodeDragBindingsMessage", name, bindings, owner });
    }
  }

  /** Creates the node, or changes its properties; returns whether it was created (again). */
  private created(before: Entity | undefined, after: Entity): boolean {
    const { message } = after;
    if (!message) return false;
    const old = lostBones(before, after) ? null : before?.message;
    const updates = old && updated(old, message);
    if (!updates) {
      this.send(message);
      return true;
    }
    const { name, owner } = after;
    const patches = takePatches(old, updates);
    if (patches.length > 0) this.send({ type: "SceneNodePatchMessage", name, patches, owner });
    if (Object.keys(updates).length > 0) {
      this.send({ type: "SceneNodeUpdateMessage", name, updates, owner });
    }
    return false;
  }

  private bones(before: ReadonlyMap<number, Bone> | null, { bones, name, owner }: Entity): void {
    for (const [bone_index, bone] of bones ?? []) {
      const old = before?.get(bone_index);
      const { position, wxyz } = bone;
      if (wxyz && !same(old?.wxyz, wxyz)) {
        this.send({ type: "SetBoneOrientationMessage", name, bone_index, wxyz, owner });
      }
      if (position && !same(old?.position, position)) {
        this.send({ type: "SetBonePositionMessage", name, bone_index, position, owner });
      }
    }
  }

  private element(before: Entity | undefined, after: Entity): void {
    const { message, name: uuid } = after;
    const old = before?.message;
    if (!message || old === message) return;
    const updates = old && updated(old, message);
    if (!updates) {
      this.send(message);
      return;
    }
    const patches = takePatches(old, updates);
    if (patches.length > 0) this.send({ type: "GuiPatchMessage", uuid, patches });
    if (Object.keys(updates).length > 0) this.send({ type: "GuiUpdateMessage", uuid, updates });
  }

  private notification(before: Entity | undefined, { message, name: uuid }: Entity): void {
    if (!message || same(before?.message, message)) return;
    const { props } = message;
    this.send(before ? { type: "NotificationUpdateMessage", uuid, props } : message);
  }

  private command(before: Entity | undefined, { message, name: uuid }: Entity): void {
    if (!message || before?.message === message) return;
    const updates = before?.message && updated(before.message, message);
    if (!updates) this.send(message);
    else if (Object.keys(updates).length > 0) {
      this.send({ type: "CommandUpdateMessage", uuid, updates });
    }
  }
}

/** Takes out of the updates what is a change of a part of an array. */
function takePatches(before: Message, updates: Record<string, unknown>): unknown[] {
  const old = propsOf(before);
  const all: unknown[] = [];
  for (const [property, value] of Object.entries(updates)) {
    const patches = propertyPatches(old[property], value);
    if (!patches) continue;
    Reflect.deleteProperty(updates, property);
    all.push(...patches);
  }
  return all;
}

/** A property may be a list of arrays. */
function propertyPatches(before: unknown, after: unknown): unknown[] | null {
  if (!Array.isArray(before) || !Array.isArray(after)) return patchesBetween(before, after);
  if (before.length !== after.length) return null;
  const all: unknown[] = [];
  for (let i = 0; i < after.length; i++) {
    if (same(before[i], after[i])) continue;
    const patches = patchesBetween(before[i], after[i]);
    if (!patches) return null;
    all.push(...patches);
  }
  return all;
}

/**
 * The properties, and the value of an element, that differ between two create messages; null: it has to be created
 * again.
 */
function updated(before: Message, after: Message): Record<string, unknown> | null {
  if (before === after) return {};
  if (before.type !== after.type) return null;
  const updates: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (key === "props" && isRecord(before.props) && isRecord(after.props)) continue;
    if (same(before[key], after[key])) continue;
    if (key !== "value" || !Object.hasOwn(after, key)) return null;
    updates.value = after.value;
  }
  if (before.props === after.props) return updates;
  const props = propsOf(after);
  const old = propsOf(before);
  for (const key in old) if (!Object.hasOwn(props, key)) return null;
  for (const key in props) {
    if (same(old[key], props[key])) continue;
    // An update named so would set the value.
    if (key === "value") return null;
    updates[key] = props[key];
  }
  return updates;
}

function lostBones(before: Entity | undefined, after: Entity): boolean {
  if (!before?.bones || before.bones === after.bones) return false;
  for (const [index, bone] of before.bones) {
    const now = after.bones?.get(index);
    if ((bone.position && !now?.position) || (bone.wxyz && !now?.wxyz)) return true;
  }
  return false;
}

function removalOf(message: Message | null): string {
  if (message?.type === "GuiModalMessage") return "GuiCloseModalMessage";
  return message?.type === "GuiPanelMessage" ? "GuiPanelRemoveMessage" : "GuiRemoveMessage";
}
