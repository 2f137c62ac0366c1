/**
 * The stage: the part of the page that shows the scene, as one or more views of it. Each view has its own camera and
 * its own part of the one canvas. What splits it is in split/, which a page with one view does not load.
 */
import type { FrameUniforms } from "../scene/visual";
import type { CameraRig } from "./camera";
import type { CanvasSize, SceneCanvas } from "./canvas";
import type { Gizmo } from "./gizmo";

/** In CSS pixels from the upper left corner of the canvas. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One view of the scene. */
export interface View {
  readonly rig: CameraRig;
  readonly gizmo: Gizmo;
  /** Its part of the canvas; null: it is not shown now. */
  box: Box | null;
}

/** What a stage with several views has in addition. */
export interface Split {
  /** Gives the views their parts of the canvas. */
  arrange(width: number, height: number): void;
  /** After the cameras have moved: those that are linked follow. */
  link(): void;
  /** Before a view is drawn: only its nodes are shown. */
  enter(view: View): void;
  /** After a frame. */
  drawn(): void;
}

export class Stage {
  /** The first is the main one, whose camera is the client's camera for the program. */
  views: readonly View[];
  /** The one that was pressed last: keys and commands are for its camera. */
  active: View;
  /** The one under the pointer, until a press ends: what is picked is picked in it. */
  pointed: View;
  split: Split | null = null;
  private size: CanvasSize = { width: 1, height: 1, ratio: 1 };

  constructor(
    readonly canvas: SceneCanvas,
    readonly frame: FrameUniforms,
    readonly main: View,
  ) {
    this.views = [main];
    this.active = this.pointed = main;
  }

  /** The views that are shown, the one under the pointer last: what is picked later is as it was prepared for that one. */
  get shown(): readonly View[] {
    const { views, pointed } = this;
    if (views.length === 1) return views;
    return [...views.filter((v) => v.box && v !== pointed), pointed];
  }

  /** Its number for the program. */
  indexOf(view: View): number {
    return Math.max(0, this.views.indexOf(view));
  }

  resize(size: CanvasSize): void {
    this.size = size;
    this.arrange();
  }

  arrange(): void {
    const { width, height } = this.size;
    if (this.split) this.split.arrange(width, height);
    else this.main.box = { x: 0, y: 0, width, height };
    for (const { rig, box } of this.views) if (box) rig.setAspect(box.width / box.height);
    this.enter(this.pointed);
  }

  /** Before a view is prepared and drawn. */
  enter(view: View): void {
    const { width, height } = this.pixels(view);
    this.frame.viewport.value.set(width, height);
    this.split?.enter(view);
  }

  /** Where a view is in the window; the canvas may be larger or smaller there than its own pixels. */
  rectOf({ box }: View): { left: number; top: number; width: number; height: number } {
    const r = this.canvas.element.getBoundingClientRect();
    const { width, height } = this.size;
    const b = box ?? { x: 0, y: 0, width, height };
    const across = r.width / width;
    const down = r.height / height;
    return {
      left: r.left + b.x * across,
      top: r.top + b.y * down,
      width: b.width * across,
      height: b.height * down,
    };
  }

  /** Size of a view's picture, in device pixels. */
  pixels({ box }: View): { width: number; height: number } {
    const { ratio } = this.size;
    // One that is not shown now has a picture as large as the stage.
    const { width, height } = box ?? this.size;
    return { width: Math.floor(width * ratio), height: Math.floor(height * ratio) };
  }
}
