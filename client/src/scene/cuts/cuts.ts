/**
 * The planes and boxes that cut the scene open: nodes of the program, and those that this page's user has made. The
 * code that cuts is loaded with the first of them.
 */
import type { ImageLoader } from "../images";
import type { Place } from "../place";
import type { Eye, Hit, NodeVisual, Ray } from "../visual";
import type { Cut } from "./cut";
import type { CutEngine, CutScene } from "./engine";

type NodePlace = Place<NodeVisual>;

export class Cuts {
  readonly all = new Set<Cut>();
  private engine: CutEngine | null = null;
  private loading = false;

  constructor(
    private readonly scene: CutScene,
    private readonly images: ImageLoader,
    private readonly changed: () => void,
  ) {}

  add(cut: Cut): void {
    this.all.add(cut);
    this.load();
    this.changed();
  }

  remove(cut: Cut): void {
    if (this.all.delete(cut)) this.changed();
  }

  /** Before a frame, when all nodes are up to date. */
  flush(): void {
    this.engine?.flush(this.all);
  }

  /** Draws with the cuts of the program only. */
  withoutOwn(draw: () => void): void {
    if (this.engine) this.engine.withoutOwn(draw);
    else draw();
  }

  /** Where a ray meets what is drawn of a node. */
  cast(place: NodePlace, ray: Ray, eye: Eye): Hit | null {
    const { visual } = place;
    if (!visual?.raycast) return null;
    return this.engine ? this.engine.cast(place, ray, eye) : visual.raycast(ray, eye);
  }

  dispose(): void {
    this.all.clear();
    this.engine?.dispose();
  }

  private load(): void {
    if (this.engine || this.loading) return;
    this.loading = true;
    const work = import("./engine").then(
      ({ CutEngine }) => {
        this.engine = new CutEngine(this.scene);
        this.changed();
      },
      () => {
        // Nothing is cut; the next cut tries again.
        this.loading = false;
      },
    );
    // Client.Render waits for it.
    this.images.wait(work);
  }
}
