/** The one model that a node shows: loaded when its bytes change, and freed when the next one is there. */
import type { SceneContext } from "../context";
import type { Model } from "./load";

export class ModelSlot {
  model: Model | null = null;
  private wanted = 0;

  /** `shown` is told of each new model (null: there is none), before the old one is freed. */
  constructor(
    private readonly ctx: Pick<SceneContext, "images" | "neutralLight">,
    private readonly shown: (model: Model | null) => void,
    private readonly report: (problem: string | null) => void,
  ) {}

  load(bytes: unknown): void {
    const turn = ++this.wanted;
    const work = import("./load")
      .then(({ loadGlb }) => loadGlb(bytes))
      .then(
        (model) => {
          if (turn === this.wanted) this.show(model, model.problem);
          else model.dispose();
        },
        (e: unknown) => {
          if (turn === this.wanted) this.show(null, e instanceof Error ? e.message : String(e));
        },
      );
    // Pictures for programs wait for it.
    this.ctx.images.wait(work);
  }

  dispose(): void {
    this.wanted++;
    this.free(this.model);
    this.model = null;
  }

  private show(model: Model | null, problem: string | null): void {
    const old = this.model;
    this.model = model;
    if (model) this.ctx.neutralLight.add(model.materials);
    this.report(problem);
    this.shown(model);
    this.free(old);
  }

  private free(model: Model | null): void {
    if (model) this.ctx.neutralLight.remove(model.materials);
    model?.dispose();
  }
}
