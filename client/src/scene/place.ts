/** Data structures of the scene tree; see tree.ts. */
import type { DragBinding, ServerMessage } from "../protocol/messages.gen";
import type { Edits } from "./edits";
import { Pose } from "./pose";

/** A message that creates a node, whatever its kind. */
export type CreateMessage = Extract<ServerMessage, { props: object; virtual: boolean }>;

/** Name among the properties of a skinned mesh for bone poses received since it was created. */
export const BONES = "#bones";

export interface BonePose {
  wxyz?: ArrayLike<number>;
  position?: ArrayLike<number>;
}

export type Bones = Map<number, BonePose>;

export const NO_BINDINGS: readonly DragBinding[] = [];

/** The node of one owner at a name. */
export class Variant<V = unknown> {
  kind: string;
  virtual: boolean;
  /** Announced, but not created yet. */
  pending = false;
  /** What replaces it when its arrays have been fetched. It has the pose and the like that were received meanwhile. */
  next: Variant<V> | null = null;
  props: Record<string, unknown>;
  /** Number on the wire that packed poses use; -1 when the server gave none. */
  id = -1;
  readonly pose = new Pose();
  /** During a gizmo drag: the pose from the server, for the end of the drag. */
  dragPose: Pose | null = null;
  /** During a gizmo drag: whether the server has sent a pose since the user's last movement. */
  poseReceived = false;
  /** How many times it was created. */
  creations = 0;
  visible = true;
  clicks: readonly DragBinding[] = NO_BINDINGS;
  drags: readonly DragBinding[] = NO_BINDINGS;
  /** Changes by this page's user; null: none. */
  edits: Edits | null = null;

  // What has been received since replayStart.
  created = true;
  receivedPosition = true;
  receivedWxyz = true;
  receivedVisible = true;
  receivedClicks = true;
  receivedDrags = true;

  constructor(
    readonly place: Place<V>,
    readonly owner: string,
    message: CreateMessage,
  ) {
    this.kind = message.type;
    this.virtual = message.virtual === true;
    this.props = message.props;
  }

  /** Marks state as not received: what is not received again by the end of a replay is reset to its default. */
  startReplay(): void {
    this.created = false;
    this.receivedPosition = this.receivedWxyz = this.receivedVisible = false;
    this.receivedClicks = this.receivedDrags = false;
  }

  /** Begins with what belongs to the name, not to the node that had it before. */
  inherit(before: Variant<V>): void {
    this.pose.copy(before.pose);
    this.visible = before.visible;
    this.clicks = before.clicks;
    this.drags = before.drags;
    this.receivedPosition = before.receivedPosition;
    this.receivedWxyz = before.receivedWxyz;
    this.receivedVisible = before.receivedVisible;
    this.receivedClicks = before.receivedClicks;
    this.receivedDrags = before.receivedDrags;
  }

  /** It draws nothing. */
  get empty(): boolean {
    return this.virtual || this.pending;
  }

  rank(): number {
    return (this.virtual ? 0 : this.pending ? 2 : 4) + (this.owner === "" ? 0 : 1);
  }
}

/** A name in the tree. V is the host's object for it. */
export class Place<V = unknown> {
  readonly children = new Map<string, Place<V>>();
  readonly variants: Variant<V>[] = [];
  effective: Variant<V> | null = null;
  /** Pose in the parent: the effective variant's own object, or the last one's if there is none. */
  local = new Pose();
  /** Pose in the three.js world (the root's orientation included, the tree's origin subtracted); right after propagate(). */
  readonly world = new Pose();
  dirty = false;
  /** Visibility set by this page's user, which overrides the server's. */
  override: boolean | null = null;
  /** Visible, including all its ancestors. */
  shown: boolean;
  /** Left out of the view that was drawn last, in which it is hidden: there are several. */
  veiled = false;
  visual: V | null = null;
  /** Errors of this node, by kind ("pose", "props" …). */
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
  /** The effective variant has changed (also: its kind has changed, or there is none). */
  replaced(place: Place<V>): void;
  /** Properties changed: `names`, or all of them (null). */
  propsChanged(place: Place<V>, names: readonly string[] | null): void;
  /** An array changed in part: ranges are pairs of an offset and a length, in elements. */
  arrayChanged(place: Place<V>, name: string, ranges: readonly number[]): void;
  /** place.world has changed. */
  moved(place: Place<V>): void;
  shownChanged(place: Place<V>): void;
  bindingsChanged(place: Place<V>): void;
  /** Names, kinds, visibility or errors below the root changed. */
  treeChanged(place: Place<V>): void;
}

/** The internal interface of the tree for its parts. */
export interface TreeCore<V> {
  readonly host: TreeHost<V>;
  get(path: string): Place<V> | undefined;
  markDirty(place: Place<V>): void;
  setError(place: Place<V>, key: string, text: string | null): void;
}
