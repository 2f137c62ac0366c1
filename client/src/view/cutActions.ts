/** Cutting by hand, as actions. Their code is loaded when the first of them runs. */
import { Disposables } from "../shared/disposables";
import { OnDemand } from "../shared/onDemand";
import type { CutDeps, Cutting } from "./cut/cutting";

export class CutActions {
  private readonly cutting: OnDemand<Cutting>;
  private readonly disposables = new Disposables();

  constructor(private readonly deps: CutDeps) {
    this.cutting = this.disposables.use(
      new OnDemand(async () => new (await import("./cut/cutting")).Cutting(deps)),
    );
    this.addActions();
  }

  /** The parameters of a link to what is seen. */
  params(): readonly (readonly [name: string, value: string])[] {
    return this.cutting.now?.params() ?? [];
  }

  /** Cuts as a link says. */
  follow(cuts: readonly string[]): void {
    if (cuts.length > 0) this.run((c) => c.follow(cuts));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private run(run: (c: Cutting) => void): void {
    this.cutting
      .get()
      .then(run)
      .catch((e: unknown) => console.warn("viser: the scene can't be cut:", e));
  }

  private addActions(): void {
    const { actions, selected } = this.deps;
    const add = (
      id: string,
      label: string,
      run: (c: Cutting) => void,
      available?: () => boolean,
      on?: () => boolean,
    ) => {
      const end = actions.add({
        id: `cut.${id}`,
        label,
        description: "on this page only",
        section: "Cut",
        available,
        on,
        run: async () => run(await this.cutting.get()),
      });
      this.disposables.add(end);
    };
    const some = () => this.cutting.now?.some === true;
    const several = () => this.cutting.now?.several === true;
    add("plane", "Cut with a plane", (c) => c.addPlane([]));
    add("box", "Cut with a box", (c) => c.addBox([]));
    const chosen = () => selected().length > 0;
    add("selected", "Cut only the selected nodes", (c) => c.addPlane(selected()), chosen);
    add("flip", "Flip the cut", (c) => c.flip(), some);
    for (const [i, axis] of ["X", "Y", "Z"].entries()) {
      add(`along${axis}`, `Plane along ${axis}`, (c) => c.turn(i), some);
    }
    add("facing", "Plane facing the camera", (c) => c.face(), some);
    add("edit", "Move the cut", (c) => c.edit(), some);
    add("next", "Change another cut", (c) => c.next(), several);
    add(
      "fill",
      "Fill the cut",
      (c) => c.fill(),
      some,
      () => this.cutting.now?.filled === true,
    );
    const on = () => this.cutting.now?.on === true;
    add("toggle", "Turn the cut off or on", (c) => c.toggle(), some, on);
    add("remove", "Remove the cut", (c) => c.remove(), some);
  }
}
