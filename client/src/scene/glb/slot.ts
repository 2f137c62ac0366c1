/** The model of a node: loaded when its bytes change, and freed when the next one is loaded. */
import type { SceneContext } from "../context";
import type { Model } from "./load";

export class ModelSlot {
  model: Model | null = null;
  /** Incremented by each load(), so that a load that was overtaken is dropped. */
  private generation = 0;

  /** `onChange` is called with each new model (null: none), before the old one is freed. */
  constructor(
    private readonly ctx: Pick<SceneContext, "images" | "neutralEnvironment">,
    private readonly onChange: (model: Model | null) => void,
    private readonly report: (problem: string | null) => void,
  ) {}

  load(bytes: unknown, scene: number | null = null): void {
    const generation = ++this.generation;
    const work = import("./load")
      .then(({ loadGlb }) => loadGlb(bytes, scene))
      .then(
        (model) => {
          if (generation === this.generation) this.show(model, model.problem);
          else model.dispose();
        },
        (e: unknown) => {
          if (generation === this.generation)
            this.show(null, e instanceof Error ? e.message : String(e));
        },
      );
    // Client.Render waits for it.
    this.ctx.images.wait(work);
  }

  dispose(): void {
    this.generation++;
    this.free(this.model);
    this.model = null;
  }

  private show(model: Model | null, problem: string | null): void {
    const old = this.model;
    this.model = model;
    if (model) this.ctx.neutralEnvironment.add(model.materials);
    this.report(problem);
    this.onChange(model);
    this.free(old);
  }

  private free(model: Model | null): void {
    if (model) this.ctx.neutralEnvironment.remove(model.materials);
    model?.dispose();
  }
}
