/**
 * What is under the pointer, among all shown nodes, for what a user does on the page: selecting, measuring, reading
 * values. Nothing is searched unless somebody asks. More about what was found is in ./probeDetail, which tools load.
 */
import type { Vec3 } from "../protocol/messages.gen";
import type { Hit } from "../scene/visual";
import type { NodePlace, SceneWorld } from "../scene/world";
import { Disposables } from "../shared/disposables";
import { type Aim, type At, along } from "./aim";
import type { WorldFrame } from "./conventions";

/** If a search takes longer, the next one waits for REST times as long: a moving pointer must not slow the page down. */
const SLOW_MS = 4;
const REST = 4;

export interface Probed {
  readonly place: NodePlace;
  readonly hit: Hit;
  /** Where the pointer's ray meets it, in viser's world. */
  readonly point: Vec3;
}

export interface ProbeDeps {
  canvas: HTMLCanvasElement;
  world: SceneWorld;
  aim: Aim;
  frame: WorldFrame;
}

export class Probe {
  constructor(private readonly deps: ProbeDeps) {}

  /** null: nothing is there. */
  at(at: At): Probed | null {
    const { world, aim, frame } = this.deps;
    world.flushNodes();
    const ray = aim.threeRay(at);
    const found = world.pickAny(ray, aim.eye());
    return found && { ...found, point: frame.pointToWorld(along(ray, found.hit.distance)) };
  }

  /**
   * Follows the mouse while no button is pressed, at most once a frame: `found` is called with what is under it, and
   * with null twice when it leaves the canvas. The returned function ends that.
   */
  follow(found: (probed: Probed | null, at: At | null) => void): () => void {
    const { canvas } = this.deps;
    const on = new Disposables();
    let next: At | null = null;
    let frame = 0;
    let restUntil = 0;
    const search = (now: number) => {
      frame = 0;
      if (!next) return;
      if (now < restUntil) {
        frame = requestAnimationFrame(search);
        return;
      }
      const at = next;
      next = null;
      const start = performance.now();
      const probed = this.at(at);
      const end = performance.now();
      restUntil = end - start > SLOW_MS ? end + (end - start) * REST : 0;
      found(probed, at);
    };
    on.listen<PointerEvent>(
      canvas,
      "pointermove",
      (e) => {
        if (e.pointerType !== "mouse" || e.buttons !== 0) return;
        next = { clientX: e.clientX, clientY: e.clientY };
        frame ||= requestAnimationFrame(search);
      },
      { passive: true },
    );
    on.listen(canvas, "pointerleave", () => {
      next = null;
      found(null, null);
    });
    return () => {
      cancelAnimationFrame(frame);
      on.dispose();
    };
  }
}
