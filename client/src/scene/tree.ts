/**
 * The scene tree as data: names, owners, poses and visibility. Its host draws it. Poses are set in
 * poseUpdates.ts, changes by the property editor are in localEdits.ts.
 *
 * A *name* ("/robot/arm") is a place in the tree: its parent is the name before the last slash, whether or
 * not a node exists there. A name may have one *variant* per owner ("" is the server's scene, a decimal number a
 * client's own scene). The *effective* variant is the first of: real client, real broadcast, virtual client,
 * virtual broadcast. ("Virtual" ones are the frames that a server creates for missing parents: they draw
 * nothing.) Children belong to the name: their pose is composed with that of the effective variant.
 *
 * A virtual variant that becomes effective takes over the name's pose, so that descendants keep their pose when
 * the real node is removed. A name without any variant keeps its last pose for the same reason.
 *
 * Replay: replayStart() changes nothing visible; replayDone() removes the variants that were not created again,
 * and resets what was not received again of the others (pose, visibility, bindings). So a page that reconnects
 * does not flicker, and ends in the same state as a new page.
 */
import type { NodeDetails, NodeEdit } from "../contract";
import type { ArrayPatch, DragBinding, Vec3 } from "../protocol/messages.gen";
import { patchProps } from "../protocol/patch";
import { LocalEdits } from "./localEdits";
import {
  BONES,
  type BonePose,
  type Bones,
  type CreateMessage,
  NO_BINDINGS,
  Place,
  type TreeCore,
  type TreeHost,
  Variant,
} from "./place";
import { Pose } from "./pose";
import { PoseUpdates } from "./poseUpdates";

/** Safety limit: deeper names are ignored, since each level costs memory. */
export const MAX_DEPTH = 256;

export class SceneTree<V = unknown> {
  readonly root: Place<V>;
  private readonly places = new Map<string, Place<V>>();
  private readonly edits: LocalEdits<V>;
  readonly poses: PoseUpdates<V>;
  private dirtyPlaces: Place<V>[] = [];
  /**
   * Origin of the three.js world in the root's parent: near the camera, and subtracted from every pose in double
   * precision, since GPUs compute in single precision, which is too coarse far from the origin.
   */
  readonly origin: Vec3 = [0, 0, 0];
  private replaying = false;
  private rootReceived = { wxyz: true, position: true, visible: true };
  private rootVisible = true;

  constructor(private readonly host: TreeHost<V>) {
    this.root = new Place<V>("", "", null);
    this.places.set("", this.root);
    const core: TreeCore<V> = {
      host,
      get: (path) => this.places.get(path),
      markDirty: (place) => this.markDirty(place),
      setError: (place, key, text) => this.setError(place, key, text),
    };
    this.edits = new LocalEdits(core);
    this.poses = new PoseUpdates(core, this.edits);
  }

  /** Number of names with a variant, without the root. */
  get size(): number {
    return this.places.size - 1;
  }

  get(path: string): Place<V> | undefined {
    return this.places.get(path);
  }

  all(): IterableIterator<Place<V>> {
    return this.places.values();
  }

  create(message: CreateMessage): void {
    const place = this.ensure(message.name);
    if (!place || place === this.root) return;
    const owner = message.owner ?? "";
    let variant = place.variants.find((v) => v.owner === owner);
    let sameKind = false;
    if (variant) {
      sameKind =
        !variant.pending &&
        variant.kind === message.type &&
        variant.virtual === (message.virtual === true);
      if (variant.next) variant = this.succeed(variant, variant.next);
      if (variant.edits) this.edits.forget(variant);
      variant.kind = message.type;
      variant.virtual = message.virtual === true;
      variant.pending = false;
      variant.props = message.props;
      variant.created = true;
      variant.creations++;
    } else {
      variant = new Variant<V>(place, owner, message);
      place.variants.push(variant);
    }
    this.poses.assign(variant, typeof message.id === "number" ? message.id : -1);
    if (place.errors) this.setError(place, "patch", null);
    if (place.effective === variant && sameKind) this.host.propsChanged(place, null);
    else this.elect(place, place.effective === variant ? variant : null);
    this.host.treeChanged(place);
  }

  /**
   * A node will be created when its arrays have been fetched. What is shown at its name remains until then; poses and
   * the like that are received meanwhile are those of the new node. If nothing is shown there, they have their effect
   * on descendants at once. A fresh node has no pose from the node before.
   */
  announce(message: CreateMessage, fresh: boolean): void {
    const place = this.ensure(message.name);
    if (!place || place === this.root) return;
    const owner = message.owner ?? "";
    const next = new Variant<V>(place, owner, message);
    next.pending = true;
    const shown = place.variants.find((v) => v.owner === owner);
    const before = shown?.next ?? shown;
    if (before && !fresh) next.inherit(before);
    if (before) this.poses.assign(before, -1);
    this.poses.assign(next, typeof message.id === "number" ? message.id : -1);
    if (shown && !shown.empty) {
      shown.next = next;
      shown.created = true;
      return;
    }
    if (shown) this.succeed(shown, next);
    else place.variants.push(next);
    this.elect(place, shown ? next : null);
    this.host.treeChanged(place);
  }

  /** Puts a variant in the place of another one of the same owner. What it draws is for the caller to update. */
  private succeed(old: Variant<V>, next: Variant<V>): Variant<V> {
    const { place } = old;
    place.variants[place.variants.indexOf(old)] = next;
    if (place.effective === old) {
      place.effective = next;
      place.local = next.pose;
      this.markDirty(place);
      this.refreshShown(place);
      this.host.bindingsChanged(place);
    }
    return next;
  }

  remove(name: string, owner: string): void {
    const place = this.places.get(name);
    if (!place) return;
    const i = place.variants.findIndex((v) => v.owner === owner);
    if (i < 0) return;
    this.drop(place, i);
  }

  update(name: string, owner: string, updates: Record<string, unknown>): void {
    const variant = this.variant(name, owner);
    if (!variant) return;
    // A copy: the message may be shared with a recording.
    variant.props = { ...variant.props, ...updates };
    const place = variant.place;
    this.edits.overwritten(variant, Object.keys(updates));
    if (place.errors) this.setError(place, "patch", null);
    if (place.effective === variant) this.host.propsChanged(place, Object.keys(updates));
  }

  /** Updates arrays of a node partially. */
  patch(name: string, owner: string, patches: readonly ArrayPatch[]): void {
    const variant = this.variant(name, owner);
    if (!variant || !Array.isArray(patches)) return;
    const place = variant.place;
    for (const patch of patches) {
      const { props, problems } = patchProps(variant.props, [patch]);
      variant.props = props;
      if (problems.length > 0) this.setError(place, "patch", problems.join("; "));
      else if (place.effective === variant) {
        this.host.arrayChanged(place, patch.property, patch.ranges);
      }
    }
  }

  details(path: string): NodeDetails | null {
    return this.edits.details(path);
  }

  edit(path: string, edit: NodeEdit): void {
    this.edits.edit(path, edit);
  }

  unedit(path: string, names: readonly string[] | null): void {
    this.edits.unedit(path, names);
  }

  setPosition(name: string, owner: string, p: ArrayLike<number>): void {
    if (name === "") {
      if (this.root.local.setPosition(p[0]!, p[1]!, p[2]!)) this.markDirty(this.root);
      this.rootReceived.position = true;
      return;
    }
    const variant = this.variant(name, owner);
    if (variant) this.poses.setPosition(variant, p[0]!, p[1]!, p[2]!);
  }

  setOrientation(name: string, owner: string, q: ArrayLike<number>): void {
    if (name === "") {
      if (this.root.local.setWxyz(q[0]!, q[1]!, q[2]!, q[3]!)) this.markDirty(this.root);
      this.rootReceived.wxyz = true;
      return;
    }
    const variant = this.variant(name, owner);
    if (variant) this.poses.setWxyz(variant, q[0]!, q[1]!, q[2]!, q[3]!);
  }

  /** Sets position or orientation of a bone of a skinned mesh, instead of the one from its create message. */
  setBone(name: string, owner: string, index: number, pose: BonePose): void {
    const variant = this.variant(name, owner);
    if (!variant || !Number.isInteger(index) || index < 0 || index > 0xffff) return;
    // Stored with the properties, so that they are reset when the node is created again.
    variant.props[BONES] ??= new Map();
    const bones = variant.props[BONES] as Bones;
    bones.set(index, { ...bones.get(index), ...pose });
    const place = variant.place;
    if (place.effective === variant) this.host.propsChanged(place, [BONES]);
  }

  setVisible(name: string, owner: string, visible: boolean): void {
    if (name === "") {
      this.rootVisible = visible;
      this.rootReceived.visible = true;
      this.refreshShown(this.root);
      this.host.treeChanged(this.root);
      return;
    }
    const variant = this.variant(name, owner);
    if (!variant) return;
    variant.receivedVisible = true;
    variant.visible = visible;
    const place = variant.place;
    if (place.effective !== variant) return;
    this.refreshShown(place);
    this.host.treeChanged(place);
  }

  setOverride(path: string, visible: boolean | null): void {
    const place = this.places.get(path);
    if (!place || place.override === visible) return;
    place.override = visible;
    this.refreshShown(place);
    this.host.treeChanged(place);
  }

  setClickBindings(name: string, owner: string, bindings: readonly DragBinding[]): void {
    const variant = this.variant(name, owner);
    if (!variant) return;
    variant.receivedClicks = true;
    variant.clicks = bindings;
    this.bindingsChanged(variant);
  }

  setDragBindings(name: string, owner: string, bindings: readonly DragBinding[]): void {
    const variant = this.variant(name, owner);
    if (!variant) return;
    variant.receivedDrags = true;
    variant.drags = bindings;
    this.bindingsChanged(variant);
  }

  /** The visibility that the server has set for a place; the root's is stored separately. */
  serverVisible(place: Place<V>): boolean {
    return place === this.root ? this.rootVisible : place.serverVisible;
  }

  setError(place: Place<V>, key: string, text: string | null): void {
    const old = place.errors?.get(key);
    if ((old ?? null) === text) return;
    if (text === null) {
      place.errors?.delete(key);
    } else {
      place.errors ??= new Map();
      place.errors.set(key, text);
    }
    this.host.treeChanged(place);
  }

  replayStart(): void {
    this.replaying = true;
    this.rootReceived = { wxyz: false, position: false, visible: false };
    for (const place of this.places.values()) {
      for (const v of place.variants) {
        this.forgetNext(v);
        v.startReplay();
      }
    }
  }

  replayDone(): void {
    if (!this.replaying) return;
    this.replaying = false;
    for (const place of [...this.places.values()]) {
      for (let i = place.variants.length - 1; i >= 0; i--) {
        if (!place.variants[i]!.created) this.drop(place, i);
      }
    }
    for (const place of this.places.values()) {
      for (const v of place.variants) this.resetUnreceived(v.next ?? v);
    }
    const root = this.root.local;
    if (!this.rootReceived.position) root.setPosition(0, 0, 0);
    if (!this.rootReceived.wxyz) root.setWxyz(1, 0, 0, 0);
    if (!this.rootReceived.position || !this.rootReceived.wxyz) this.markDirty(this.root);
    if (!this.rootReceived.visible) this.setVisible("", "", true);
  }

  /** Moves the origin of the three.js world: propagate() then notifies the host of all places. */
  setOrigin(origin: Readonly<Vec3>): void {
    [this.origin[0], this.origin[1], this.origin[2]] = origin;
    this.markDirty(this.root);
  }

  /** Updates place.world below everything that moved, and notifies the host of each. */
  propagate(): void {
    if (this.dirtyPlaces.length === 0) return;
    const dirty = this.dirtyPlaces;
    this.dirtyPlaces = [];
    for (const place of dirty) {
      if (!place.dirty) continue;
      let top = place;
      for (let p = place.parent; p; p = p.parent) if (p.dirty) top = p;
      this.propagateFrom(top);
    }
  }

  private propagateFrom(place: Place<V>): void {
    place.dirty = false;
    if (place.parent) place.world.compose(place.parent.world, place.local);
    else place.world.copy(place.local).translate(this.origin, -1);
    this.host.moved(place);
    for (const child of place.children.values()) this.propagateFrom(child);
  }

  private variant(name: string, owner: string): Variant<V> | undefined {
    const variants = this.places.get(name)?.variants;
    if (!variants) return undefined;
    for (const v of variants) if (v.owner === owner) return v.next ?? v;
    return undefined;
  }

  private markDirty(place: Place<V>): void {
    if (place.dirty) return;
    place.dirty = true;
    this.dirtyPlaces.push(place);
  }

  /** The place of a name, created with its ancestors if needed. */
  private ensure(name: string): Place<V> | null {
    const found = this.places.get(name);
    if (found) return found;
    let depth = 0;
    for (let i = name.indexOf("/"); i >= 0; i = name.indexOf("/", i + 1)) {
      if (++depth > MAX_DEPTH) {
        this.setError(
          this.root,
          "depth",
          `a name has more than ${MAX_DEPTH} levels; it is left out`,
        );
        return null;
      }
    }
    return this.ensureParts(name);
  }

  private ensureParts(name: string): Place<V> {
    const found = this.places.get(name);
    if (found) return found;
    const cut = name.lastIndexOf("/");
    const parent = cut < 0 ? this.root : this.ensureParts(name.slice(0, cut));
    const place = new Place<V>(name.slice(cut + 1), name, parent);
    parent.children.set(name, place);
    this.places.set(name, place);
    this.markDirty(place);
    return place;
  }

  private drop(place: Place<V>, index: number): void {
    const [variant] = place.variants.splice(index, 1);
    this.forgetNext(variant!);
    this.poses.assign(variant!, -1);
    if (place.effective === variant) this.elect(place, null);
    this.host.treeChanged(place);
    this.prune(place);
  }

  private forgetNext(variant: Variant<V>): void {
    if (variant.next) this.poses.assign(variant.next, -1);
    variant.next = null;
  }

  /** Removes empty places, upwards. */
  private prune(place: Place<V>): void {
    for (let p: Place<V> | null = place; p?.parent; p = p.parent) {
      if (p.variants.length > 0 || p.children.size > 0) return;
      p.parent.children.delete(p.path);
      this.places.delete(p.path);
      this.host.treeChanged(p.parent);
    }
  }

  /** Determines the effective variant again; `changed` is reported as replaced even if it was effective before. */
  private elect(place: Place<V>, changed: Variant<V> | null): void {
    let best: Variant<V> | null = null;
    for (const v of place.variants) if (!best || v.rank() > best.rank()) best = v;
    const before = place.effective;
    if (best === before && changed === null) return;
    if (best !== before) {
      if (best === null) {
        place.local = new Pose().copy(place.local);
      } else {
        if (best.virtual && before) {
          best.edits = null;
          best.pose.copy(place.local);
          best.receivedPosition = best.receivedWxyz = true;
        }
        place.local = best.pose;
      }
      place.effective = best;
      this.markDirty(place);
    }
    place.errors = null;
    this.host.replaced(place);
    this.refreshShown(place);
    this.host.bindingsChanged(place);
  }

  private bindingsChanged(variant: Variant<V>): void {
    const place = variant.place;
    if (place.effective === variant) this.host.bindingsChanged(place);
  }

  private resetUnreceived(v: Variant<V>): void {
    const place = v.place;
    if (!v.receivedPosition) this.poses.setPosition(v, 0, 0, 0);
    if (!v.receivedWxyz) this.poses.setWxyz(v, 1, 0, 0, 0);
    if (!v.receivedVisible) this.setVisible(place.path, v.owner, true);
    if (!v.receivedClicks && v.clicks.length > 0) {
      this.setClickBindings(place.path, v.owner, NO_BINDINGS);
    }
    if (!v.receivedDrags && v.drags.length > 0)
      this.setDragBindings(place.path, v.owner, NO_BINDINGS);
  }

  private refreshShown(place: Place<V>): void {
    const own = place.override ?? this.serverVisible(place);
    const shown = own && (place.parent?.shown ?? true);
    if (shown === place.shown) return;
    place.shown = shown;
    this.host.shownChanged(place);
    for (const child of place.children.values()) this.refreshShown(child);
  }
}
