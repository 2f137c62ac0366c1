/**
 * The tool that shows the orbit point of the camera, and moves it: along one of the world's axes by an arrow,
 * or across the view by the ring. The camera turns to the new point only when the pointer is released, since
 * otherwise the handle would stay in the middle of the picture. It is SVG, not WebGL, so pictures for programs
 * do not show it.
 */
import { Vector3 } from "three";
import type { Vec3 } from "../protocol/messages.gen";
import type { CameraRig } from "./camera";
import type { WorldFrame } from "./conventions";
import type { Box, Stage } from "./stage";

const SVG = "http://www.w3.org/2000/svg";
const COLORS = ["#e03131", "#2f9e44", "#1c64dc"] as const;
/** Length of an arrow: this part of the distance to the camera. */
const ARM = 0.14;
const RING_PX = 9;
/** Width of the area that takes the pointer: enough for fingers. */
const REACH_PX = 22;

type Handle = 0 | 1 | 2 | "ring";

export class OrbitOrigin {
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly arrows: SVGLineElement[] = [];
  private readonly ring = document.createElementNS(SVG, "circle");
  /** Where the handle is while it is dragged, in the three.js world. */
  private dragged: Vector3 | null = null;
  private pressed = false;
  private on = false;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly world: WorldFrame,
    private readonly changed: () => void,
  ) {
    const { svg, ring } = this;
    svg.setAttribute("class", "viser-orbit-origin");
    svg.setAttribute("aria-hidden", "true");
    Object.assign(svg.style, {
      position: "absolute",
      display: "none",
      pointerEvents: "none",
    });
    for (const axis of [0, 1, 2] as const) {
      const line = document.createElementNS(SVG, "line");
      line.setAttribute("stroke", COLORS[axis]);
      line.setAttribute("stroke-width", "4");
      line.setAttribute("stroke-linecap", "round");
      this.arrows.push(line);
      svg.append(line, this.grip(line, axis));
    }
    ring.setAttribute("r", String(RING_PX));
    ring.setAttribute("fill", "#ffffffb0");
    ring.setAttribute("stroke", "#d6336c");
    ring.setAttribute("stroke-width", "3");
    this.listen(ring, "ring");
    svg.append(ring);
    container.append(svg);
  }

  set shown(on: boolean) {
    this.on = on;
    this.pressed = false;
    this.dragged = null;
    this.svg.style.display = on ? "" : "none";
    this.changed();
  }

  get shown(): boolean {
    return this.on;
  }

  /** Whether it is being dragged: the origin of the three.js world must not move. */
  get busy(): boolean {
    return this.pressed;
  }

  /** With each frame. */
  update(): void {
    if (!this.on) return;
    const { x, y, width, height } = this.box;
    Object.assign(this.svg.style, {
      left: `${x}px`,
      top: `${y}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    const at = this.dragged ?? new Vector3(...this.rig.target(false));
    const from = this.onPage(at);
    this.svg.style.visibility = from ? "" : "hidden";
    if (!from) return;
    this.ring.setAttribute("cx", from.x.toFixed(1));
    this.ring.setAttribute("cy", from.y.toFixed(1));
    for (const axis of [0, 1, 2] as const) {
      const tip = this.onPage(at.clone().addScaledVector(this.axis(axis), ARM * this.rig.distance));
      const end = tip ?? from;
      for (const line of this.svg.querySelectorAll(`[data-axis="${axis}"]`)) {
        line.setAttribute("x1", from.x.toFixed(1));
        line.setAttribute("y1", from.y.toFixed(1));
        line.setAttribute("x2", end.x.toFixed(1));
        line.setAttribute("y2", end.y.toFixed(1));
      }
    }
  }

  dispose(): void {
    this.svg.remove();
  }

  private get rig(): CameraRig {
    return this.stage.active.rig;
  }

  private get box(): Box {
    return this.stage.active.box ?? { x: 0, y: 0, width: 1, height: 1 };
  }

  private axis(axis: 0 | 1 | 2): Vector3 {
    const d: Vec3 = [0, 0, 0];
    d[axis] = 1;
    return new Vector3(...this.world.directionToThree(d));
  }

  /** Pixels from the container's corner; null for what is behind the camera. */
  private onPage(p: Vector3): { x: number; y: number } | null {
    const { width: w, height: h } = this.box;
    const ndc = p.clone().project(this.rig.camera);
    if (!(ndc.z < 1) || !Number.isFinite(ndc.x + ndc.y)) return null;
    return { x: ((ndc.x + 1) / 2) * w, y: ((1 - ndc.y) / 2) * h };
  }

  /** Direction from the camera through a place on the page. */
  private ray(e: PointerEvent): Vector3 {
    const box = this.stage.rectOf(this.stage.active);
    const x = ((e.clientX - box.left) / box.width) * 2 - 1;
    const y = 1 - ((e.clientY - box.top) / box.height) * 2;
    return new Vector3(x, y, 0.5)
      .unproject(this.rig.camera)
      .sub(this.rig.camera.position)
      .normalize();
  }

  /** An invisible, wider line over an arrow, which takes the pointer. */
  private grip(arrow: SVGLineElement, axis: 0 | 1 | 2): SVGLineElement {
    arrow.dataset.axis = String(axis);
    const grip = arrow.cloneNode() as SVGLineElement;
    grip.setAttribute("stroke", "transparent");
    grip.setAttribute("stroke-width", String(REACH_PX));
    this.listen(grip, axis);
    return grip;
  }

  private listen(element: SVGElement, handle: Handle): void {
    Object.assign(element.style, { pointerEvents: "auto", cursor: "move", touchAction: "none" });
    let drag: ((e: PointerEvent) => Vector3) | null = null;
    element.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      e.stopPropagation();
      element.setPointerCapture(e.pointerId);
      this.rig.taken();
      this.pressed = true;
      drag = this.dragOf(handle, new Vector3(...this.rig.target()), this.ray(e));
    });
    element.addEventListener("pointermove", (e) => {
      if (!drag) return;
      const to = drag(e);
      if (!Number.isFinite(to.x + to.y + to.z)) return;
      this.dragged = to;
      this.changed();
    });
    const end = (keep: boolean) => () => {
      drag = null;
      this.pressed = false;
      const to = this.dragged;
      this.dragged = null;
      if (keep && to) this.rig.lookAt([to.x, to.y, to.z]);
      this.changed();
    };
    element.addEventListener("pointerup", end(true));
    element.addEventListener("pointercancel", end(false));
  }

  /** The position of the handle as a function of the pointer, whose ray at the start was `first`. */
  private dragOf(handle: Handle, from: Vector3, first: Vector3): (e: PointerEvent) => Vector3 {
    const eye = this.rig.camera.position.clone();
    if (handle === "ring") {
      const ahead = this.rig.camera.getWorldDirection(new Vector3());
      const depth = from.clone().sub(eye).dot(ahead);
      const onPlane = (ray: Vector3) => ray.clone().multiplyScalar(depth / ray.dot(ahead));
      const start = onPlane(first);
      return (e) =>
        from
          .clone()
          .add(onPlane(this.ray(e)))
          .sub(start);
    }
    const axis = this.axis(handle);
    const start = alongAxis(eye, first, from, axis);
    return (e) =>
      from.clone().addScaledVector(axis, alongAxis(eye, this.ray(e), from, axis) - start);
  }
}

/** How far along an axis through `from` the point is that a ray from `eye` passes most closely. */
export function alongAxis(eye: Vector3, ray: Vector3, from: Vector3, axis: Vector3): number {
  const w = eye.clone().sub(from);
  const b = ray.dot(axis);
  const across = 1 - b * b;
  // A ray nearly parallel to the axis has no well-defined nearest point.
  if (across < 1e-4) return 0;
  return (w.dot(axis) - b * w.dot(ray)) / across;
}
