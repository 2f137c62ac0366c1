/**
 * The page's splats. The layer that draws them is loaded with the first node of splats, and disposed of with the
 * last, including its textures and its worker.
 */
import type { Camera, Scene } from "three";
import type { ImageLoader } from "../images";
import type { Eye, FrameUniforms, Hit, Outline, Ray } from "../visual";
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

  /** Call before a frame: applies changes since the last one. */
  flush(): void {
    if (!this.layer) return;
    for (const member of this.members) this.layer.update(member);
  }

  /** Call before drawing the page: requests sorting if needed. */
  prepare(camera: Camera): void {
    this.layer?.prepare(camera);
  }

  /** The camera's view is closed. */
  forget(camera: Camera): void {
    this.layer?.forget(camera);
  }

  /** Sorts for the camera of a rendered picture; the caller disposes of the result. null: no splats. */
  async orderFor(camera: Camera): Promise<SplatGeometry | null> {
    this.flush();
    return (await this.layer?.orderFor(camera)) ?? null;
  }

  /** Draws with this order instead of the page's. */
  drawWith(order: SplatGeometry | null, draw: () => void): void {
    if (this.layer && order) this.layer.drawWith(order, draw);
    else draw();
  }

  raycast(member: SplatMember, ray: Ray, eye?: Eye): Hit | null {
    return this.layer?.raycast(member, ray, eye) ?? null;
  }

  outline(member: SplatMember, splat: number): Outline | null {
    return this.layer?.outline(member, splat) ?? null;
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
          (reason) => this.reportAll(`its splats can't be sorted: ${reason}`),
        );
        for (const { changed } of this.members) changed.all = changed.harmonics.all = true;
        this.requestRender();
      },
      (e: unknown) => {
        this.loading = false;
        this.reportAll(
          `the code that draws splats could not be loaded: ${e instanceof Error ? e.message : e}`,
        );
      },
    );
    // Client.Render waits for it.
    this.images.wait(work);
  }

  private reportAll(problem: string): void {
    for (const { report } of this.members) report("splat layer", problem);
  }

  private drop(): void {
    this.layer?.dispose();
    this.layer = null;
  }
}
