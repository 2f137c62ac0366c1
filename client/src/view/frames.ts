import { Vector3 } from "three";
import type { SceneStats } from "../contract";
import type { SceneWorld } from "../scene/world";
import type { CameraReports } from "./cameraReports";
import type { SceneCanvas } from "./canvas";
import type { FloatingOrigin } from "./floatingOrigin";
import type { FlyKeys } from "./fly";
import type { Looks } from "./looks/looks";
import type { OrbitOrigin } from "./orbitOrigin";
import type { PointerInput } from "./pointer";
import type { Stage, View } from "./stage";

export interface FrameParts {
  canvas: SceneCanvas;
  world: SceneWorld;
  stage: Stage;
  reports: CameraReports;
  fly: FlyKeys;
  origin: FloatingOrigin;
  pointer: PointerInput;
  looks: Looks;
  orbitOrigin: { readonly now: OrbitOrigin | null };
}

/** Draws the frames of the page: which steps one has, in which order, and what it cost. */
export class Frames {
  private count = 0;
  private ms = 0;
  private drawCalls = 0;
  private triangles = 0;
  /** Shadows are drawn again only when something in the scene has changed. */
  private shadowsStale = true;
  private readonly v = new Vector3();

  constructor(private readonly p: FrameParts) {}

  /** The scene has changed. */
  contentChanged(): void {
    this.shadowsStale = true;
  }

  /** Returns whether the camera is still moving, so that the next frame is needed. */
  draw(seconds: number): boolean {
    const { stage } = this.p;
    const start = performance.now();
    this.resize();
    this.p.world.frames++;
    const flying = this.p.fly.update(seconds);
    let moving = false;
    for (const { rig } of stage.views) moving = rig.update(seconds) || moving;
    stage.split?.link();
    this.drawCalls = this.triangles = 0;
    for (const view of stage.shown) this.drawView(view);
    this.p.orbitOrigin.now?.update();
    this.count++;
    this.p.reports.frameDrawn();
    stage.split?.drawn();
    this.ms = performance.now() - start;
    return moving || flying;
  }

  private drawView(view: View): void {
    const { canvas, world, stage } = this.p;
    const { rig, gizmo, box } = view;
    this.p.origin.follow(rig);
    stage.enter(view);
    world.flush(rig.camera);
    world.splats.prepare(rig.camera);
    this.updateShadows();
    if (view === stage.pointed) this.p.pointer.refreshHover();
    else this.p.pointer.enterView();
    this.p.looks.draw(() => canvas.renderer.render(world.scene, rig.camera));
    gizmo.update();
    // Elements can be in one view only.
    if (view === stage.active && box) world.mounts.place(rig.camera, box);
    const { calls, triangles } = canvas.renderer.info.render;
    this.drawCalls += calls;
    this.triangles += triangles;
  }

  /** Around each pass of a picture, for the program or the user: without outlines and the like, with current shadows. */
  drawPicture(forProgram: boolean, pass: () => void): void {
    const { pageOnly } = this.p.world;
    pageOnly.visible = false;
    this.updateShadows();
    try {
      const draw = () => this.p.looks.drawPicture(forProgram, pass);
      if (forProgram) this.p.world.cuts.withoutOwn(draw);
      else draw();
    } finally {
      pageOnly.visible = true;
    }
  }

  /** Gives the canvas its size if that has changed, and notifies what depends on it. */
  resize(): void {
    const { canvas, stage, world } = this.p;
    const size = canvas.applySize();
    if (!size) return;
    stage.resize(size);
    world.frame.pixelRatio.value = size.ratio;
    world.labels.setPixelRatio(size.ratio);
  }

  stats(): SceneStats {
    const { renderer } = this.p.canvas;
    const { memory, programs } = renderer.info;
    return {
      frames: this.count,
      frameMs: this.ms,
      pixelRatio: renderer.getPixelRatio(),
      drawCalls: this.drawCalls,
      triangles: this.triangles,
      geometries: memory.geometries,
      textures: memory.textures,
      programs: programs?.length ?? 0,
      nodes: this.p.world.tree.size,
    };
  }

  private updateShadows(): void {
    const { stage, world, canvas } = this.p;
    // One shadow map for all views.
    const center = new Vector3(...stage.main.rig.target(false));
    let reach = 0;
    for (const { rig } of stage.views) {
      const off = center.distanceTo(this.v.set(...rig.target(false)));
      reach = Math.max(reach, rig.distance + off);
    }
    const moved = world.lights.cover(center, reach);
    if ((moved || this.shadowsStale) && world.lights.shadows) {
      canvas.renderer.shadowMap.needsUpdate = true;
    }
    this.shadowsStale = false;
  }
}
