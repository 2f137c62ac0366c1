/** HTML elements that follow positions in the scene, above the canvas. */
import { type PerspectiveCamera, Vector3 } from "three";
import type { Mount } from "../contract";
import { Cell } from "../shared/observable";
import { Pose } from "./pose";
import { isParallel } from "./viewCamera";

/** The node's side of a mount. */
export interface MountHandle {
  setPose(world: Pose): void;
  setShown(shown: boolean): void;
  remove(): void;
}

class Entry implements MountHandle {
  readonly pose = new Pose();
  shown = false;
  /** The last style that was applied to the element. */
  private style = "";

  constructor(
    readonly mount: Mount,
    private readonly owner: Mounts,
  ) {}

  setPose(world: Pose): void {
    this.pose.copy(world);
  }

  setShown(shown: boolean): void {
    this.shown = shown;
  }

  remove(): void {
    this.owner.drop(this);
  }

  write(style: string): void {
    if (style === this.style) return;
    this.style = style;
    this.mount.element.style.cssText = style;
  }
}

/** In CSS pixels from the upper left corner of the parent. */
interface MountBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The isolation keeps the z-indexes of the elements below the panel. */
const LAYER = "position: absolute; overflow: hidden; isolation: isolate; pointer-events: none";

export class Mounts {
  readonly list = new Cell<readonly Mount[]>([]);
  private readonly entries = new Set<Entry>();
  private layer: HTMLElement | null = null;
  /** The style that the layer has beside LAYER. */
  private placed = "";
  private keys = 0;
  private readonly v = new Vector3();

  /** Elements are appended to `parent`; null (in tests without a DOM): they are not. */
  constructor(private readonly parent: HTMLElement | null) {}

  add(container: string): MountHandle {
    const element = document.createElement("div");
    element.dataset.portal = "scene";
    element.style.display = "none";
    this.layerIn(this.parent)?.append(element);
    const entry = new Entry({ key: ++this.keys, element, container }, this);
    this.entries.add(entry);
    this.publish();
    return entry;
  }

  drop(entry: Entry): void {
    entry.mount.element.remove();
    if (this.entries.delete(entry)) this.publish();
  }

  /** Moves each element to the projected position of its node, in that part of their parent; once per frame. */
  place(camera: PerspectiveCamera, box: Readonly<MountBox>): void {
    if (this.entries.size === 0) return;
    const { x, y, width, height } = box;
    const place = `left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
    if (this.layer && place !== this.placed) {
      this.layer.style.cssText = `${LAYER}; ${place}`;
      this.placed = place;
    }
    for (const entry of this.entries) entry.write(this.styleOf(entry, camera, width, height));
  }

  dispose(): void {
    for (const entry of [...this.entries]) this.drop(entry);
    this.layer?.remove();
    this.layer = null;
  }

  private styleOf({ pose, shown }: Entry, camera: PerspectiveCamera, w: number, h: number): string {
    const p = this.v.set(pose.px, pose.py, pose.pz).applyMatrix4(camera.matrixWorldInverse);
    const depth = -p.z;
    if (!shown || !(depth > camera.near || isParallel(camera))) return "display: none";
    p.applyMatrix4(camera.projectionMatrix);
    const x = Math.round(((p.x + 1) / 2) * w);
    const y = Math.round(((1 - p.y) / 2) * h);
    // Nearer elements are above farther ones.
    const z = Math.round(1e6 / (1 + Math.max(0, depth)));
    return `position: absolute; left: 0; top: 0; z-index: ${z}; transform: translate(${x}px, ${y}px)`;
  }

  private publish(): void {
    this.list.set([...this.entries].map((e) => e.mount));
  }

  private layerIn(parent: HTMLElement | null): HTMLElement | null {
    if (this.layer || !parent) return this.layer;
    this.layer = document.createElement("div");
    this.layer.className = "viser-in-scene";
    this.layer.style.cssText = `${LAYER}; inset: 0`;
    this.placed = "";
    parent.append(this.layer);
    return this.layer;
  }
}
