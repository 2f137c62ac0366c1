/**
 * The page's splats. What draws them is loaded when the first ones come, and gone with the last: with its
 * textures and its worker.
 */
import type { Camera, Scene } from "three";
import type { ImageLoader } from "../images";
import type { FrameUniforms, Hit, Ray } from "../visual";
import type { SplatGeometry, SplatLayer } from "./layer";
import type { SplatMember } from "./member";

export class SplatPool {
  maxTextureSize = 4096;
  private readonly members = new Set<SplatMember>();
  private layer: SplatLayer | null = null;
  private loading = false;

  constructor(
    private readonly scene: Scene,
    private readonly frame: FrameUniforms,
    private readonly images: ImageLoader,
    private readonly requestRender: () => void,
  ) {}

  add(member: SplatMember): void {
    this.members.add(member);
    this.load();
  }

  remove(member: SplatMember): void {
    this.members.delete(member);
    this.layer?.remove(member);
    if (this.members.size === 0) this.drop();
  }

  /** Before a frame: what has changed since the last one. */
  flush(): void {
    if (!this.layer) return;
    for (const member of this.members) this.layer.update(member);
  }

  /** The page is about to be drawn: sees to it that the splats are, or soon will be, in order. */
  prepare(camera: Camera): void {
    this.layer?.prepare(camera);
  }

  /** For a picture of its own: the order for that camera, to be disposed of; null where there are none. */
  async orderFor(camera: Camera): Promise<SplatGeometry | null> {
    this.flush();
    return (await this.layer?.orderFor(camera)) ?? null;
  }

  /** Draws with that order instead of the page's. */
  drawWith(order: SplatGeometry | null, draw: () => void): void {
    if (this.layer && order) this.layer.drawWith(order, draw);
    else draw();
  }

  raycast(member: SplatMember, ray: Ray): Hit | null {
    return this.layer?.raycast(member, ray) ?? null;
  }

  dispose(): void {
    this.members.clear();
    this.drop();
  }

  private load(): void {
    if (this.layer || this.loading) return;
    this.loading = true;
    const work = import("./layer").then(
      ({ SplatLayer }) => {
        this.loading = false;
        if (this.members.size === 0) return;
        this.layer = new SplatLayer(
          this.scene,
          this.frame,
          this.maxTextureSize,
          this.requestRender,
          (reason) => this.say(`its splats can't be sorted: ${reason}`),
        );
        for (const { changed } of this.members) changed.all = true;
        this.requestRender();
      },
      (e: unknown) => {
        this.loading = false;
        this.say(`what draws splats could not be loaded: ${e instanceof Error ? e.message : e}`);
      },
    );
    // Pictures for programs wait for it.
    this.images.wait(work);
  }

  private say(problem: string): void {
    for (const { report } of this.members) report("splat layer", problem);
  }

  private drop(): void {
    this.layer?.dispose();
    this.layer = null;
  }
}
