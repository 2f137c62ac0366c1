/**
 * The scene tree, as data. It knows names, owners, poses and visibility; what is drawn is the business of
 * its host.
 *
 * A *name* ("/robot/arm") is a place in the tree: its parent is the name before the last slash, whether or
 * not anything exists there. At a name there may be one *variant* per owner ("" is the server's scene, a
 * number in text one client's own). The variant that counts, the *effective* one, is the first of: real
 * client, real broadcast, virtual client, virtual broadcast. ("Virtual" ones are the frames a server makes
 * for missing parents: they draw nothing.) Children hang on the name: their pose composes through whichever
 * variant is effective there.
 *
 * A virtual variant that becomes effective takes over the pose the name had: what hangs below stays where
 * it is when the real node above it goes. A name without any variant keeps its last pose for the same reason.
 *
 * Replay: after replayStart() everything stays as it is; at replayDone() the variants that were not created
 * again go, and those that were lose what was not said again (pose, visibility, bindings). So a page that
 * reconnects shows no gap and no jump, and ends like one that was opened just now.
 */
import type { NodeDetails, NodeEdit } from "../contract";
import type { ArrayPatch, DragBinding, ServerMessage } from "../protocol/messages.gen";
import { patchProps } from "../protocol/patch";
import { Edits, POSITION, WXYZ } from "./edits";
import { Pose } from "./pose";

/** A message that creates a node, whatever its kind. */
export type CreateMessage = Extract<ServerMessage, { props: object; virtual: boolean }>;

/** Deeper names are refused: no scene needs them, and each level costs memory. */
export const MAX_DEPTH = 256;

/** What was said of single bones since a skinned mesh was created: under this name among its props. */
export const BONES = "#bones";

export interface BonePose {
  wxyz?: ArrayLike<number>;
  position?: ArrayLike<number>;
}

export type Bones = Map<number, BonePose>;

const NO_BINDINGS: readonly DragBinding[] = [];

/** One owner's node at a name. */
export class Variant {
  kind: string;
  virtual: boolean;
  props: Record<string, unknown>;
  /** Number on the wire that packed poses use; -1 when the server gave none. */
  id = -1;
  readonly pose = new Pose();
  /** While the viewer moves it: what the server says its pose is, for when it is let go. */
  held: Pose | null = null;
  /** Whether the server has said anything since the viewer's last movement. */
  overruled = false;
  /** How often it was created. */
  born = 0;
  visible = true;
  clicks: readonly DragBinding[] = NO_BINDINGS;
  drags: readonly DragBinding[] = NO_BINDINGS;
  /** What this page's user changed; null: nothing. */
  edits: Edits | null = null;

  // What has been said since replayStart.
  created = true;
  saidPosition = true;
  saidWxyz = true;
  saidVisible = true;
  saidClicks = true;
  saidDrags = true;

  constructor(
    readonly place: Place,
    readonly owner: string,
    message: CreateMessage,
  ) {
    this.kind = message.type;
    this.virtual = message.virtual === true;
    this.props = message.props;
  }

  rank(): number {
    return (this.virtual ? 0 : 2) + (this.owner === "" ? 0 : 1);
  }
}

/** A name in the tree. V is what the host draws there. */
export class Place<V = unknown> {
  readonly children = new Map<string, Place<V>>();
  readonly variants: Variant[] = [];
  effective: Variant | null = null;
  /** Pose in the parent: the effective variant's own object, or the last one's when there is none. */
  local = new Pose();
  /** Pose in the three.js world (the root's orientation included); right after propagate(). */
  readonly world = new Pose();
  dirty = false;
  /** What this page's user says about the visibility, over the server. */
  override: boolean | null = null;
  /** Visible, and all its ancestors too. */
  shown: boolean;
  visual: V | null = null;
  /** Why this node is not drawn as it should be, by what is wrong ("pose", "props" …). */
  errors: Map<string, string> | null = null;

  constructor(
    readonly name: string,
    readonly path: string,
    readonly parent: Place<V> | null,
  ) {
    this.shown = parent?.shown ?? true;
  }

  get serverVisible(): boolean {
    return this.effective?.visible ?? true;
  }

  get errorText(): string | undefined {
    return this.errors && this.errors.size > 0 ? [...this.errors.values()].join("; ") : undefined;
  }
}

export interface TreeHost<V> {
  /** Another variant counts now (or the same one with another kind, or none: null). */
  replaced(place: Place<V>): void;
  /** Props changed: `names`, or all of them (null). */
  propsChanged(place: Place<V>, names: readonly string[] | null): void;
  /** An array changed in part: ranges are pairs of an offset and a length, in elements. */
  arrayChanged(place: Place<V>, name: string, ranges: readonly number[]): void;
  /** place.world is new. */
  moved(place: Place<V>): void;
  shownChanged(place: Place<V>): void;
  bindingsChanged(place: Place<V>): void;
  /** Names, kinds, visibility or errors below the root changed. */
  treeChanged(place: Place<V>): void;
}

export class SceneTree<V = unknown> {
  readonly root: Place<V>;
  private readonly places = new Map<string, Place<V>>();
  private readonly byId = new Map<number, Variant>();
  private dirtyPlaces: Place<V>[] = [];
  private replaying = false;
  private rootSaid = { wxyz: true, position: true, visible: true };
  private rootVisible = true;

  constructor(private readonly host: TreeHost<V>) {
    this.root = new Place<V>("", "", null);
    this.places.set("", this.root);
  }

  /** How many names have something at them (the root not counted). */
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
      sameKind = variant.kind === message.type && variant.virtual === (message.virtual === true);
      if (variant.edits) this.forgetEdits(variant);
      variant.kind = message.type;
      variant.virtual = message.virtual === true;
      variant.props = message.props;
      variant.created = true;
      variant.born++;
      if (variant.id >= 0) this.byId.delete(variant.id);
      variant.id = -1;
    } else {
      variant = new Variant(place as Place, owner, message);
      place.variants.push(variant);
    }
    if (typeof message.id === "number") {
      variant.id = message.id;
      this.byId.set(message.id, variant);
    }
    if (place.errors) this.setError(place, "patch", null);
    if (place.effective === variant && sameKind) this.host.propsChanged(place, null);
    else this.elect(place, place.effective === variant ? variant : null);
    this.host.treeChanged(place);
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
    const place = variant.place as Place<V>;
    if (variant.edits) {
      for (const name of Object.keys(updates)) variant.edits.props.delete(name);
      this.tidyEdits(variant);
    }
    if (place.errors) this.setError(place, "patch", null);
    if (place.effective === variant) this.host.propsChanged(place, Object.keys(updates));
  }

  /** Changes arrays of a node in part. */
  patch(name: string, owner: string, patches: readonly ArrayPatch[]): void {
    const variant = this.variant(name, owner);
    if (!variant || !Array.isArray(patches)) return;
    const place = variant.place as Place<V>;
    for (const patch of patches) {
      const { props, problems } = patchProps(variant.props, [patch]);
      variant.props = props;
      if (problems.length > 0) this.setError(place, "patch", problems.join("; "));
      else if (place.effective === variant) {
        this.host.arrayChanged(place, patch.property, patch.ranges);
      }
    }
  }

  /** What a property editor shows of the node that counts there; null where there is none. */
  details(path: string): NodeDetails | null {
    const place = this.places.get(path);
    const v = place?.effective;
    if (!place || !v) return null;
    const { px, py, pz, qw, qx, qy, qz } = v.pose;
    return {
      path,
      kind: v.virtual ? "" : v.kind,
      owner: v.owner,
      props: v.props,
      edited: v.edits?.names() ?? new Set(),
      position: [px, py, pz],
      wxyz: [qw, qx, qy, qz],
      error: place.errorText,
    };
  }

  /** Changes a node on this page only, until the program says something else. */
  edit(path: string, { props, position, wxyz }: NodeEdit): void {
    const place = this.places.get(path);
    const v = place?.effective;
    if (!place || !v) return;
    v.edits ??= new Edits();
    const { edits, pose } = v;
    if (position) {
      const before: NonNullable<Edits["position"]> = [pose.px, pose.py, pose.pz];
      if (pose.setPosition(...position)) edits.position ??= before;
      this.markDirty(place);
    }
    if (wxyz) {
      const before: NonNullable<Edits["wxyz"]> = [pose.qw, pose.qx, pose.qy, pose.qz];
      if (pose.setWxyz(...wxyz)) edits.wxyz ??= before;
      this.markDirty(place);
    }
    const names = Object.keys(props ?? {}).filter((name) => Object.hasOwn(v.props, name));
    if (names.length > 0) {
      for (const name of names) {
        if (!edits.props.has(name)) edits.props.set(name, v.props[name]);
      }
      v.props = { ...v.props, ...Object.fromEntries(names.map((name) => [name, props![name]])) };
      this.host.propsChanged(place, names);
    }
    this.tidyEdits(v);
    this.host.treeChanged(place);
  }

  /** Takes back changes of this page; names as details() has them, or all of them (null). */
  unedit(path: string, names: readonly string[] | null): void {
    const place = this.places.get(path);
    const v = place?.effective;
    const edits = v?.edits;
    if (!place || !edits) return;
    const wanted = new Set(names ?? edits.names());
    if (wanted.has(POSITION) && edits.position) v.pose.setPosition(...edits.position);
    if (wanted.has(POSITION)) edits.position = null;
    if (wanted.has(WXYZ) && edits.wxyz) v.pose.setWxyz(...edits.wxyz);
    if (wanted.has(WXYZ)) edits.wxyz = null;
    this.markDirty(place);
    const back = [...edits.props].filter(([name]) => wanted.has(name));
    if (back.length > 0) {
      for (const [name] of back) edits.props.delete(name);
      v.props = { ...v.props, ...Object.fromEntries(back) };
      this.host.propsChanged(
        place,
        back.map(([name]) => name),
      );
    }
    this.tidyEdits(v);
    this.host.treeChanged(place);
  }

  setPosition(name: string, owner: string, p: ArrayLike<number>): void {
    if (name === "") {
      if (this.root.local.setPosition(p[0]!, p[1]!, p[2]!)) this.markDirty(this.root);
      this.rootSaid.position = true;
      return;
    }
    const variant = this.variant(name, owner);
    if (variant) this.placeVariant(variant, p[0]!, p[1]!, p[2]!);
  }

  setOrientation(name: string, owner: string, q: ArrayLike<number>): void {
    if (name === "") {
      if (this.root.local.setWxyz(q[0]!, q[1]!, q[2]!, q[3]!)) this.markDirty(this.root);
      this.rootSaid.wxyz = true;
      return;
    }
    const variant = this.variant(name, owner);
    if (variant) this.turnVariant(variant, q[0]!, q[1]!, q[2]!, q[3]!);
  }

  /** Moves or turns a bone of a skinned mesh, from where its create message has it. */
  setBone(name: string, owner: string, index: number, pose: BonePose): void {
    const variant = this.variant(name, owner);
    if (!variant || !Number.isInteger(index) || index < 0 || index > 0xffff) return;
    // Kept with the props, and gone with them when the node is created anew.
    variant.props[BONES] ??= new Map();
    const bones = variant.props[BONES] as Bones;
    bones.set(index, { ...bones.get(index), ...pose });
    const place = variant.place as Place<V>;
    if (place.effective === variant) this.host.propsChanged(place, [BONES]);
  }

  /** Many poses at once, by number; numbers nobody has are skipped. Allocates nothing per node. */
  setPoses(
    positionIds: ArrayLike<number>,
    positions: ArrayLike<number>,
    wxyzIds: ArrayLike<number>,
    wxyzs: ArrayLike<number>,
  ): void {
    const np = Math.min(positionIds.length, Math.floor(positions.length / 3));
    for (let i = 0; i < np; i++) {
      const v = this.byId.get(positionIds[i]!);
      if (v) this.placeVariant(v, positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!);
    }
    const nq = Math.min(wxyzIds.length, Math.floor(wxyzs.length / 4));
    for (let i = 0; i < nq; i++) {
      const v = this.byId.get(wxyzIds[i]!);
      if (v) {
        this.turnVariant(v, wxyzs[4 * i]!, wxyzs[4 * i + 1]!, wxyzs[4 * i + 2]!, wxyzs[4 * i + 3]!);
      }
    }
  }

  /** The viewer takes hold of a node: what the server says of its pose has to wait. */
  hold(v: Variant): void {
    v.held = new Pose().copy(v.pose);
    v.overruled = false;
  }

  /** The viewer moves a node that is held. */
  pull(v: Variant, local: Pose): void {
    v.pose.copy(local);
    v.held?.copy(local);
    v.overruled = false;
    if (v.place.effective === v) this.markDirty(v.place as Place<V>);
  }

  /** The viewer lets go: the server's last word counts if it came after the last movement. */
  release(v: Variant): void {
    if (v.held && v.overruled) this.pull(v, new Pose().copy(v.held));
    v.held = null;
  }

  setVisible(name: string, owner: string, visible: boolean): void {
    if (name === "") {
      this.rootVisible = visible;
      this.rootSaid.visible = true;
      this.refreshShown(this.root);
      this.host.treeChanged(this.root);
      return;
    }
    const variant = this.variant(name, owner);
    if (!variant) return;
    variant.saidVisible = true;
    variant.visible = visible;
    const place = variant.place as Place<V>;
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
    variant.saidClicks = true;
    variant.clicks = bindings;
    this.bindingsChanged(variant);
  }

  setDragBindings(name: string, owner: string, bindings: readonly DragBinding[]): void {
    const variant = this.variant(name, owner);
    if (!variant) return;
    variant.saidDrags = true;
    variant.drags = bindings;
    this.bindingsChanged(variant);
  }

  /** What the server says about the root's visibility, or about any other place's. */
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
    this.rootSaid = { wxyz: false, position: false, visible: false };
    for (const place of this.places.values()) {
      for (const v of place.variants) {
        v.created = false;
        v.saidPosition = v.saidWxyz = v.saidVisible = v.saidClicks = v.saidDrags = false;
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
      for (const v of place.variants) this.forgetUnsaid(v);
    }
    const root = this.root.local;
    if (!this.rootSaid.position) root.setPosition(0, 0, 0);
    if (!this.rootSaid.wxyz) root.setWxyz(1, 0, 0, 0);
    if (!this.rootSaid.position || !this.rootSaid.wxyz) this.markDirty(this.root);
    if (!this.rootSaid.visible) this.setVisible("", "", true);
  }

  /** Brings place.world up to date below everything that moved, and tells the host of each. */
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
    else place.world.copy(place.local);
    this.host.moved(place);
    for (const child of place.children.values()) this.propagateFrom(child);
  }

  private variant(name: string, owner: string): Variant | undefined {
    const variants = this.places.get(name)?.variants;
    if (!variants) return undefined;
    for (const v of variants) if (v.owner === owner) return v;
    return undefined;
  }

  /** The program makes the node anew: what its user changed is over. */
  private forgetEdits(v: Variant): void {
    v.edits?.restorePose(v.pose);
    v.edits = null;
    this.markDirty(v.place as Place<V>);
    this.host.treeChanged(v.place as Place<V>);
  }

  private tidyEdits(v: Variant): void {
    if (!v.edits?.empty) return;
    v.edits = null;
    this.host.treeChanged(v.place as Place<V>);
  }

  private placeVariant(v: Variant, x: number, y: number, z: number): void {
    v.saidPosition = true;
    const place = v.place as Place<V>;
    v.overruled = true;
    if (!(v.held ?? v.pose).setPosition(x, y, z)) {
      this.setError(place, "position", "its position is not finite; the last good one is kept");
      return;
    }
    if (v.edits?.position) {
      v.edits.position = null;
      this.tidyEdits(v);
    }
    if (place.errors) this.setError(place, "position", null);
    if (place.effective === v) this.markDirty(place);
  }

  private turnVariant(v: Variant, w: number, x: number, y: number, z: number): void {
    v.saidWxyz = true;
    const place = v.place as Place<V>;
    v.overruled = true;
    if (!(v.held ?? v.pose).setWxyz(w, x, y, z)) {
      this.setError(place, "wxyz", "its orientation is no rotation; the last good one is kept");
      return;
    }
    if (v.edits?.wxyz) {
      v.edits.wxyz = null;
      this.tidyEdits(v);
    }
    if (place.errors) this.setError(place, "wxyz", null);
    if (place.effective === v) this.markDirty(place);
  }

  private markDirty(place: Place<V>): void {
    if (place.dirty) return;
    place.dirty = true;
    this.dirtyPlaces.push(place);
  }

  /** The place of a name, made with all places above it. */
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
    if (variant!.id >= 0 && this.byId.get(variant!.id) === variant) this.byId.delete(variant!.id);
    if (place.effective === variant) this.elect(place, null);
    this.host.treeChanged(place);
    this.prune(place);
  }

  /** Takes away places that hold nothing, upwards. */
  private prune(place: Place<V>): void {
    for (let p: Place<V> | null = place; p?.parent; p = p.parent) {
      if (p.variants.length > 0 || p.children.size > 0) return;
      p.parent.children.delete(p.path);
      this.places.delete(p.path);
      this.host.treeChanged(p.parent);
    }
  }

  /** Finds the effective variant anew; `changed` is one that counts as new though it was effective. */
  private elect(place: Place<V>, changed: Variant | null): void {
    let best: Variant | null = null;
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
          best.saidPosition = best.saidWxyz = true;
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

  private bindingsChanged(variant: Variant): void {
    const place = variant.place as Place<V>;
    if (place.effective === variant) this.host.bindingsChanged(place);
  }

  private forgetUnsaid(v: Variant): void {
    const place = v.place as Place<V>;
    if (!v.saidPosition) this.placeVariant(v, 0, 0, 0);
    if (!v.saidWxyz) this.turnVariant(v, 1, 0, 0, 0);
    if (!v.saidVisible) this.setVisible(place.path, v.owner, true);
    if (!v.saidClicks && v.clicks.length > 0) {
      this.setClickBindings(place.path, v.owner, NO_BINDINGS);
    }
    if (!v.saidDrags && v.drags.length > 0) this.setDragBindings(place.path, v.owner, NO_BINDINGS);
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
