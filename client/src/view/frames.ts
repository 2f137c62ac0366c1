import { Vector3 } from "three";
import type { SceneStats } from "../contract";
import type { SceneWorld } from "../scene/world";
import type { CameraRig } from "./camera";
import type { CameraReports } from "./cameraReports";
import type { SceneCanvas } from "./canvas";
import type { FloatingOrigin } from "./floatingOrigin";
import type { FlyKeys } from "./fly";
import type { Gizmo } from "./gizmo";
import type { OrbitOrigin } from "./orbitOrigin";
import type { OutlineOverlay } from "./outline";
import type { PointerInput } from "./pointer";

export interface FrameParts {
  canvas: SceneCanvas;
  container: HTMLElement;
  world: SceneWorld;
  rig: CameraRig;
  reports: CameraReports;
  fly: FlyKeys;
  origin: FloatingOrigin;
  pointer: PointerInput;
  outline: OutlineOverlay;
  gizmo: Gizmo;
  orbitOrigin: OrbitOrigin;
}

/** Draws the frames of the page: which steps one has, in which order, and what it cost. */
export class Frames {
  private count = 0;
  private ms = 0;
  private drawCalls = 0;
  private triangles = 0;
  /** Shadows are drawn again only when something in the scene has changed. */
  private shadowsStale = true;

  constructor(private readonly p: FrameParts) {}

  /** The scene has changed. */
  contentChanged(): void {
    this.shadowsStale = true;
  }

  /** Returns whether the camera is still moving, so that the next frame is needed. */
  draw(seconds: number): boolean {
    const { canvas, container, world, rig } = this.p;
    const start = performance.now();
    this.resize();
    const flying = this.p.fly.update(seconds);
    const moving = rig.update(seconds);
    this.p.origin.follow();
    world.flush(rig.camera);
    world.splats.prepare(rig.camera);
    this.updateShadows();
    this.p.pointer.refreshHover();
    canvas.renderer.render(world.scene, rig.camera);
    this.p.gizmo.update();
    world.mounts.place(rig.camera, container.clientWidth, container.clientHeight);
    this.p.orbitOrigin.update();
    this.count++;
    const { calls, triangles } = canvas.renderer.info.render;
    this.drawCalls = calls;
    this.triangles = triangles;
    this.p.reports.frameDrawn();
    this.ms = performance.now() - start;
    return moving || flying;
  }

  /** Around each pass of a picture for programs: without outlines, with current shadows. */
  drawPicture(pass: () => void): void {
    this.p.outline.visible = false;
    this.updateShadows();
    try {
      pass();
    } finally {
      this.p.outline.visible = true;
    }
  }

  /** Gives the canvas its size if that has changed, and notifies what depends on it. */
  resize(): void {
    const { canvas, rig, world } = this.p;
    const size = canvas.applySize();
    if (!size) return;
    rig.setAspect(size.width / size.height);
    world.frame.viewport.value.set(canvas.element.width, canvas.element.height);
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
    const { rig, world, canvas } = this.p;
    const target = new Vector3(...rig.target(false));
    const moved = world.lights.cover(target, rig.distance);
    if ((moved || this.shadowsStale) && world.lights.shadows) {
      canvas.renderer.shadowMap.needsUpdate = true;
    }
    this.shadowsStale = false;
  }
}
