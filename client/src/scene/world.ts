/**
 * Keeps the three.js scene in sync with the tree. Messages change the tree immediately; flush() applies the changes
 * to the three.js objects, once before a frame, however many messages came: so a hidden page uploads nothing, and
 * an array that was replaced twice is uploaded once.
 */
import { type Camera, Group, Scene, Vector2 } from "three";
import { announcementIn } from "../protocol/arrays";
import type { ServerMessage, Vec3 } from "../protocol/messages.gen";
import { BackgroundImage } from "./background";
import { InstancePool } from "./batch/instancePool";
import type { SceneContext } from "./context";
import { Cuts } from "./cuts/cuts";
import { Environment } from "./environment";
import { ImageLoader } from "./images";
import { LabelLayer } from "./labels/layer";
import { DefaultLights } from "./lights";
import { Mounts } from "./mounts";
import { NeutralEnvironment } from "./neutralEnvironment";
import { KINDS } from "./nodes";
import { type Picked, PickSearch, pickAny } from "./picking";
import type { CreateMessage, Place, TreeHost } from "./place";
import { ScalarPlaces } from "./scalarPlaces";
import { ShapeCache } from "./shapes";
import { SplatPool } from "./splats/pool";
import { SurfacePool } from "./surfaces";
import { Theme } from "./theme";
import { SceneTree } from "./tree";
import { type Schedule, TreeModel } from "./treeModel";
import type { Eye, FrameUniforms, Hit, NodeVisual, Ray } from "./visual";

export type NodePlace = Place<NodeVisual>;

interface Pending {
  /** Names of changed properties; null: all. */
  changed: Set<string> | null;
  /** The ranges of properties that changed in part. */
  parts: Map<string, readonly number[]>;
}

/** With more ranges than this, the property counts as changed as a whole. */
const MAX_PARTS = 128;

export class SceneWorld implements TreeHost<NodeVisual> {
  readonly scene = new Scene();
  /** What is drawn for the page's user only, and not in pictures for programs. */
  readonly pageOnly = new Group();
  readonly tree = new SceneTree<NodeVisual>(this);
  readonly model: TreeModel;
  readonly lights: DefaultLights;
  readonly environment: Environment;
  private readonly neutralEnvironment = new NeutralEnvironment();
  private readonly theme = new Theme();
  readonly frame: FrameUniforms = {
    viewport: { value: new Vector2(1, 1) },
    pixelRatio: { value: 1 },
    adaptivePoints: { value: 0 },
    seeThrough: { value: 0 },
  };
  readonly images = new ImageLoader();
  readonly mounts: Mounts;
  private readonly background: BackgroundImage;
  /** Places whose effective node has bindings for clicks. */
  readonly clickable = new Set<NodePlace>();
  /** Places whose effective node has bindings for drags. */
  readonly draggable = new Set<NodePlace>();
  /** Places with bindings for clicks or drags. */
  readonly pressable = new Set<NodePlace>();
  /** Places whose effective node is a gizmo. */
  readonly gizmos = new Set<NodePlace>();
  /** Places whose node is colored by number. */
  readonly scalars = new ScalarPlaces();
  private readonly shapes = new ShapeCache();
  private readonly surfaces = new SurfacePool();
  private readonly instances: InstancePool;
  readonly labels: LabelLayer;
  readonly splats: SplatPool;
  readonly cuts: Cuts;
  private readonly ctx: SceneContext;
  /** Called before each picture that is drawn, with its camera; see SceneContext. */
  readonly perFrame = new Set<(camera: Camera) => void>();
  /** Called after the properties of a node were applied, whoever has changed them. */
  readonly perUpdate = new Set<(place: NodePlace) => void>();
  private readonly stale = new Map<NodePlace, Pending>();

  constructor(
    private readonly changed: () => void,
    schedule: Schedule,
    overlay: HTMLElement | null = null,
  ) {
    this.mounts = new Mounts(overlay);
    const { scene, shapes, surfaces } = this;
    // The matrix of every object is set explicitly, from the tree.
    scene.matrixWorldAutoUpdate = false;
    scene.matrixAutoUpdate = this.pageOnly.matrixAutoUpdate = false;
    scene.add(this.pageOnly);
    this.model = new TreeModel(this.tree as SceneTree, schedule);
    this.instances = new InstancePool(scene, shapes, surfaces);
    this.labels = new LabelLayer(scene, this.frame, changed);
    this.splats = new SplatPool(scene, this.frame, this.images, changed);
    this.background = new BackgroundImage(scene, this.images, changed, (problem) =>
      this.tree.setError(this.tree.root, "background", problem),
    );
    this.cuts = new Cuts(this, this.images, changed);
    this.lights = new DefaultLights(scene);
    this.environment = new Environment(
      scene,
      this.tree.root.local,
      (on) => {
        this.lights.setAmbient(on);
        this.neutralEnvironment.set(on);
      },
      this.images,
      changed,
      (problem) => this.tree.setError(this.tree.root, "environment map", problem),
    );
    this.ctx = {
      stage: scene,
      shapes,
      surfaces,
      instances: this.instances,
      labels: this.labels,
      images: this.images,
      splats: this.splats,
      lights: this.lights,
      neutralEnvironment: this.neutralEnvironment,
      mounts: this.mounts,
      cuts: this.cuts,
      origin: this.tree.origin,
      frame: this.frame,
      theme: this.theme,
      perFrame: this.perFrame,
      requestRender: changed,
    };
  }

  /** Applies a message about nodes; returns false for other messages. */
  apply(m: ServerMessage): boolean {
    switch (m.type) {
      case "BackgroundImageMessage":
        this.background.set(m);
        break;
      case "PackedPosesMessage":
        this.tree.poses.setAll(m.position_ids, m.positions, m.wxyz_ids, m.wxyzs);
        break;
      case "SetPositionMessage":
        this.tree.setPosition(m.name, m.owner, m.position);
        break;
      case "SetOrientationMessage":
        this.tree.setOrientation(m.name, m.owner, m.wxyz);
        break;
      case "SetBoneOrientationMessage":
        this.tree.setBone(m.name, m.owner, m.bone_index, { wxyz: m.wxyz });
        break;
      case "SetBonePositionMessage":
        this.tree.setBone(m.name, m.owner, m.bone_index, { position: m.position });
        break;
      case "SceneNodeUpdateMessage":
        this.tree.update(m.name, m.owner, m.updates);
        break;
      case "SceneNodePatchMessage":
        this.tree.patch(m.name, m.owner, m.patches);
        break;
      case "SetSceneNodeVisibilityMessage":
        this.tree.setVisible(m.name, m.owner, m.visible);
        break;
      case "SetSceneNodeClickBindingsMessage":
        this.tree.setClickBindings(m.name, m.owner, m.bindings);
        break;
      case "SetSceneNodeDragBindingsMessage":
        this.tree.setDragBindings(m.name, m.owner, m.bindings);
        break;
      case "RemoveSceneNodeMessage":
        this.tree.remove(m.name, m.owner);
        break;
      default:
        if (!Object.hasOwn(KINDS, m.type)) return false;
        this.create(m as CreateMessage);
    }
    this.changed();
    return true;
  }

  private create(m: CreateMessage): void {
    const announced = announcementIn(m);
    if (announced) this.tree.announce(m, announced.fresh);
    else this.tree.create(m);
  }

  /** Selects the default colors of labels, grids and frustums. */
  setDark(dark: boolean): void {
    this.theme.set(dark);
    this.labels.setDark(dark);
    this.changed();
  }

  /** Moves the origin of the three.js world by this offset; the picture stays the same. */
  moveOrigin(by: Readonly<Vec3>): void {
    const [x, y, z] = this.tree.origin;
    this.tree.setOrigin([x + by[0], y + by[1], z + by[2]]);
    this.lights.originMoved();
  }

  private readonly veiled = new Set<NodePlace>();
  /** How many frames the page has drawn. A frame may show several views. */
  frames = 0;

  /** Whether nodes are left out of the view that is drawn, or was drawn last. */
  get hasVeil(): boolean {
    return this.veiled.size > 0;
  }

  /** Only these are left out of what is drawn and picked from now on: the next view does not have them. */
  veil(places: ReadonlySet<NodePlace>): void {
    if (places.size + this.veiled.size === 0) return;
    const before = this.preparing;
    this.preparing = true;
    try {
      for (const place of this.veiled) {
        if (places.has(place)) continue;
        this.veiled.delete(place);
        this.setVeiled(place, false);
      }
      for (const place of places) {
        if (this.veiled.has(place)) continue;
        this.veiled.add(place);
        this.setVeiled(place, true);
      }
    } finally {
      this.preparing = before;
    }
  }

  private setVeiled(place: NodePlace, veiled: boolean): void {
    place.veiled = veiled;
    const { visual } = place;
    if (visual?.veil) visual.veil(veiled);
    else visual?.setShown(place.shown && !veiled);
  }

  /** True while flush() updates nodes: their changes do not need another frame. */
  preparing = false;

  /** Updates everything that is drawn with this camera. */
  flush(camera: Camera): void {
    this.preparing = true;
    try {
      this.flushNodes();
    } finally {
      this.preparing = false;
    }
    for (const prepare of this.perFrame) prepare(camera);
    this.cuts.flush();
    this.instances.flush(camera);
    this.splats.flush();
    this.labels.flush(camera);
  }

  /** Updates nodes from the tree; does not upload yet. */
  flushNodes(): void {
    for (const [place, { changed, parts }] of this.stale) {
      this.guard(place, () => {
        if (place.visual) place.visual.update(place.effective!.props, changed, parts);
        else this.build(place);
      });
      this.scalars.note(place, changed);
      for (const tell of this.perUpdate) tell(place);
    }
    this.stale.clear();
    this.tree.propagate();
  }

  private readonly cast = (place: NodePlace, ray: Ray, eye: Eye) => this.cuts.cast(place, ray, eye);

  /** The first of these places (or their descendants) that is hit by a ray in the three.js world. */
  pick(places: ReadonlySet<NodePlace>, ray: Ray, eye: Eye): Picked | null {
    return new PickSearch(places, () => this.tree.all(), ray, eye, this.cast).result();
  }

  /** The first of all shown nodes that is hit. */
  pickAny(ray: Ray, eye: Eye): { place: NodePlace; hit: Hit } | null {
    return pickAny(() => this.tree.all(), ray, eye, this.cast);
  }

  dispose(): void {
    for (const place of this.tree.all()) this.clear(place);
    this.cuts.dispose();
    this.model.dispose();
    this.mounts.dispose();
    this.labels.dispose();
    this.splats.dispose();
    this.background.dispose();
    this.environment.dispose();
    this.lights.dispose();
    this.instances.dispose();
    this.surfaces.dispose();
  }

  // ---- TreeHost

  replaced(place: NodePlace): void {
    this.clear(place);
    if (place.effective && !place.effective.empty) this.pending(place).changed = null;
    else this.stale.delete(place);
    this.changed();
  }

  propsChanged(place: NodePlace, names: readonly string[] | null): void {
    if (place.effective?.empty) return;
    const pending = this.pending(place);
    if (names === null) pending.changed = null;
    for (const name of names ?? []) {
      pending.changed?.add(name);
      pending.parts.delete(name);
    }
  }

  arrayChanged(place: NodePlace, name: string, ranges: readonly number[]): void {
    if (place.effective?.empty) return;
    const { changed, parts } = this.pending(place);
    if (changed === null || (changed.has(name) && !parts.has(name))) return; // already changed as a whole
    changed.add(name);
    const all = [...(parts.get(name) ?? []), ...ranges];
    if (all.length <= 2 * MAX_PARTS) parts.set(name, all);
    else parts.delete(name);
  }

  private pending(place: NodePlace): Pending {
    let pending = this.stale.get(place);
    if (!pending) {
      pending = { changed: new Set(), parts: new Map() };
      this.stale.set(place, pending);
    }
    return pending;
  }

  moved(place: NodePlace): void {
    place.visual?.setPose(place.world);
  }

  shownChanged(place: NodePlace): void {
    this.show(place);
    this.scalars.shownChanged(place);
    this.changed();
  }

  bindingsChanged(place: NodePlace): void {
    const clicks = (place.effective?.clicks.length ?? 0) > 0;
    const drags = (place.effective?.drags.length ?? 0) > 0;
    listIf(this.clickable, place, clicks);
    listIf(this.draggable, place, drags);
    listIf(this.pressable, place, clicks || drags);
  }

  treeChanged(place: NodePlace): void {
    this.model.changed(place as Place);
  }

  private build(place: NodePlace): void {
    const variant = place.effective;
    const Kind = variant && KINDS[variant.kind as CreateMessage["type"]];
    if (!Kind) return;
    const visual = new Kind(this.ctx, (key, text) => this.tree.setError(place, key, text));
    place.visual = visual;
    if (visual.gizmoHandles) this.gizmos.add(place);
    visual.update(variant.props, null, new Map());
    visual.setPose(place.world);
    this.show(place);
  }

  private show({ visual, shown, veiled }: NodePlace): void {
    visual?.setShown(shown && (!veiled || visual.veil !== undefined));
    visual?.veil?.(veiled);
  }

  private clear(place: NodePlace): void {
    this.gizmos.delete(place);
    this.scalars.remove(place);
    place.visual?.dispose();
    place.visual = null;
  }

  /** A node that throws is marked with an error and removed; other nodes are not affected. */
  private guard(place: NodePlace, work: () => void): void {
    try {
      work();
      if (place.errors) this.tree.setError(place, "broken", null);
    } catch (e) {
      this.clear(place);
      const what = e instanceof Error ? e.message : String(e);
      this.tree.setError(place, "broken", `it can't be drawn: ${what}`);
    }
  }
}

function listIf(set: Set<NodePlace>, place: NodePlace, listed: boolean): void {
  if (listed) set.add(place);
  else set.delete(place);
}
