/** What the scene tree is made of; tree.ts says how it works. */
import type { DragBinding, ServerMessage } from "../protocol/messages.gen";
import type { Edits } from "./edits";
import { Pose } from "./pose";

/** A message that creates a node, whatever its kind. */
export type CreateMessage = Extract<ServerMessage, { props: object; virtual: boolean }>;

/** Poses of single bones received since a skinned mesh was created: under this name among its props. */
export const BONES = "#bones";

export interface BonePose {
  wxyz?: ArrayLike<number>;
  position?: ArrayLike<number>;
}

export type Bones = Map<number, BonePose>;

export const NO_BINDINGS: readonly DragBinding[] = [];

/** One owner's node at a name. */
export class Variant<V = unknown> {
  kind: string;
  virtual: boolean;
  props: Record<string, unknown>;
  /** Number on the wire that packed poses use; -1 when the server gave none. */
  id = -1;
  readonly pose = new Pose();
  /** While the viewer moves it: what the server says its pose is, for when it is let go. */
  held: Pose | null = null;
  /** Whether the server has sent a pose since the viewer's last movement. */
  overruled = false;
  /** How often it was created. */
  born = 0;
  visible = true;
  clicks: readonly DragBinding[] = NO_BINDINGS;
  drags: readonly DragBinding[] = NO_BINDINGS;
  /** What this page's user changed; null: nothing. */
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

  /** What is not received again by the end of a replay goes back to its default. */
  startReplay(): void {
    this.created = false;
    this.receivedPosition = this.receivedWxyz = this.receivedVisible = false;
    this.receivedClicks = this.receivedDrags = false;
  }

  rank(): number {
    return (this.virtual ? 0 : 2) + (this.owner === "" ? 0 : 1);
  }
}

/** A name in the tree. V is what the host draws there. */
export class Place<V = unknown> {
  readonly children = new Map<string, Place<V>>();
  readonly variants: Variant<V>[] = [];
  effective: Variant<V> | null = null;
  /** Pose in the parent: the effective variant's own object, or the last one's when there is none. */
  local = new Pose();
  /** Pose in the three.js world (the root's orientation included, the tree's origin subtracted); right after propagate(). */
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

/** What the parts of a tree use of it. */
export interface TreeCore<V> {
  readonly host: TreeHost<V>;
  get(path: string): Place<V> | undefined;
  markDirty(place: Place<V>): void;
  setError(place: Place<V>, key: string, text: string | null): void;
}
