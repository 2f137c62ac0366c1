/**
 * A small compass in the corner: which way the world's axes point in this view. A click on an axis looks
 * along it. It is SVG, not WebGL, so pictures for programs do not show it.
 */
import type { Vec3 } from "../protocol/messages.gen";
import type { CameraRig } from "./camera";
import type { WorldFrame } from "./conventions";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 72;
const ARM = 25;
const COLORS = ["#e03131", "#2f9e44", "#1c64dc"] as const;
const NAMES = ["X", "Y", "Z"] as const;
/** A narrower picture is small enough without it. */
const MIN_WIDTH = 300;

export interface AxisEnd {
  axis: 0 | 1 | 2;
  sign: 1 | -1;
  /** On the picture: right, up, and towards the viewer. */
  x: number;
  y: number;
  z: number;
}

/**
 * The six ends of the axes as the camera sees them, those at the back first. `toView` turns a direction of
 * the world into the camera's frame: x right, y up, z towards the viewer.
 */
export function axisEnds(toView: (d: Vec3) => Vec3): AxisEnd[] {
  const ends: AxisEnd[] = [];
  for (const axis of [0, 1, 2] as const) {
    const d: Vec3 = [0, 0, 0];
    d[axis] = 1;
    const [x, y, z] = toView(d);
    ends.push({ axis, sign: 1, x, y, z }, { axis, sign: -1, x: -x, y: -y, z: -z });
  }
  return ends.sort((a, b) => a.z - b.z);
}

export class Gizmo {
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly ends = new Map<string, SVGGElement>();
  private readonly arms: SVGLineElement[] = [];
  private shown = "";

  constructor(
    private container: HTMLElement,
    private readonly rig: CameraRig,
    private readonly world: WorldFrame,
  ) {
    const { svg } = this;
    svg.setAttribute("viewBox", `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`);
    svg.setAttribute("width", String(SIZE));
    svg.setAttribute("height", String(SIZE));
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "viser-gizmo");
    Object.assign(svg.style, {
      position: "absolute",
      // Over the logo: a tall control panel reaches down to the right corner.
      left: "calc(0.6rem + env(safe-area-inset-left))",
      bottom: "calc(3rem + var(--viser-sheet-corner, 0px) + env(safe-area-inset-bottom))",
      overflow: "visible",
      // Only its ends take clicks: between them, the scene does.
      pointerEvents: "none",
      userSelect: "none",
    });
    for (const axis of [0, 1, 2] as const) {
      this.arms.push(this.makeArm(axis));
      for (const sign of [1, -1] as const)
        this.ends.set(`${axis}${sign}`, this.makeEnd(axis, sign));
    }
    container.append(svg);
  }

  /** After the camera or the root has turned. */
  update(): void {
    this.svg.style.display = this.container.clientWidth < MIN_WIDTH ? "none" : "";
    const e = this.rig.camera.matrixWorld.elements;
    const toView = (d: Vec3): Vec3 => {
      const [x, y, z] = this.world.directionToThree(d);
      const along = (k: number) => e[k]! * x + e[k + 1]! * y + e[k + 2]! * z;
      return [along(0), along(4), along(8)];
    };
    const ends = axisEnds(toView);
    const now = ends.map((p) => `${p.axis}${p.sign} ${p.x.toFixed(3)} ${p.y.toFixed(3)}`).join();
    if (now === this.shown) return;
    this.shown = now;
    for (const p of ends) {
      const g = this.ends.get(`${p.axis}${p.sign}`)!;
      const [x, y] = [p.x * ARM, -p.y * ARM];
      g.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
      g.style.opacity = String(0.75 + 0.25 * p.z);
      if (p.sign > 0) {
        const arm = this.arms[p.axis]!;
        arm.setAttribute("x2", x.toFixed(2));
        arm.setAttribute("y2", y.toFixed(2));
        // Its arm lies below its end, and both above what is farther away.
        this.svg.append(arm);
      }
      this.svg.append(g);
    }
  }

  /** Puts it into the corner of another element. */
  moveTo(container: HTMLElement): void {
    this.container = container;
    container.append(this.svg);
  }

  dispose(): void {
    this.svg.remove();
  }

  private makeArm(axis: number): SVGLineElement {
    const line = document.createElementNS(SVG, "line");
    line.setAttribute("stroke", COLORS[axis]!);
    line.setAttribute("stroke-width", "2.5");
    line.setAttribute("stroke-linecap", "round");
    return line;
  }

  private makeEnd(axis: 0 | 1 | 2, sign: 1 | -1): SVGGElement {
    const g = document.createElementNS(SVG, "g");
    g.style.pointerEvents = "auto";
    g.style.cursor = "pointer";
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("r", sign > 0 ? "8.5" : "6");
    circle.setAttribute("fill", COLORS[axis]);
    circle.setAttribute("fill-opacity", sign > 0 ? "1" : "0.25");
    circle.setAttribute("stroke", COLORS[axis]);
    circle.setAttribute("stroke-width", sign > 0 ? "0" : "1.5");
    g.append(circle);
    if (sign > 0) {
      const text = document.createElementNS(SVG, "text");
      text.textContent = NAMES[axis];
      text.setAttribute("text-anchor", "middle");
      text.setAttribute("dy", "3.6");
      text.setAttribute("fill", "#fff");
      text.setAttribute("font-size", "10");
      text.setAttribute("font-weight", "600");
      text.setAttribute("font-family", "system-ui, sans-serif");
      g.append(text);
    }
    g.addEventListener("click", () => {
      const from: Vec3 = [0, 0, 0];
      from[axis] = sign;
      this.rig.lookFrom(this.world.directionToThree(from));
    });
    return g;
  }
}
