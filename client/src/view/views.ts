/**
 * The views into which a user or the program splits the page: what is loaded with every page. What splits it is in
 * split/.
 */
import type { SceneWorld } from "../scene/world";
import type { Action, Actions } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { OnDemand } from "../shared/onDemand";
import type { LayoutName } from "./split/layouts";
import type { SplitDeps, ViewSplit } from "./split/split";

export interface ViewsDeps extends Omit<SplitDeps, "changed"> {
  actions: Actions;
  world: SceneWorld;
  /** Paths of the nodes that are selected. */
  selected(): readonly string[];
}

const LAYOUTS: readonly (readonly [LayoutName, string])[] = [
  ["single", "One view"],
  ["columns", "Two views side by side"],
  ["rows", "Two views, one above the other"],
  ["main", "Three views"],
  ["grid", "Four views"],
];

export class Views {
  private readonly split: OnDemand<ViewSplit>;
  private readonly disposables = new Disposables();

  constructor(private readonly deps: ViewsDeps) {
    this.split = this.disposables.use(
      new OnDemand(async () => {
        const { ViewSplit } = await import("./split/split");
        return new ViewSplit({ ...deps, changed: () => this.changed() });
      }),
    );
    this.disposables.add(deps.actions.add(...this.actions()));
  }

  get layout(): LayoutName {
    return this.split.now?.layout ?? "single";
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private actions(): Action[] {
    const several = () => this.deps.stage.views.length > 1;
    const action = (id: string, label: string, run: (split: ViewSplit) => void): Action => ({
      id: `view.${id}`,
      label,
      section: "View",
      available: several,
      run: async () => {
        run(await this.split.get());
        this.changed();
      },
    });
    const { stage, selected } = this.deps;
    return [
      ...LAYOUTS.map(([name, label]) => ({
        ...action(name, label, (split) => split.setLayout(name)),
        description: "split the page",
        available: () => this.layout !== name,
      })),
      {
        ...action("next", "Next layout of views", (split) => {
          const at = LAYOUTS.findIndex(([name]) => name === split.layout);
          split.setLayout(LAYOUTS[(at + 1) % LAYOUTS.length]![0]);
        }),
        description: "one, two, three, four",
        available: () => true,
      },
      {
        ...action("link", "Link the cameras of the views", (split) => {
          split.linked = !split.linked;
        }),
        on: () => this.split.now?.linked ?? false,
      },
      {
        ...action("maximize", "Maximize this view", (split) => split.toggleMaximized(stage.active)),
        on: () => this.split.now?.isMaximized ?? false,
      },
      {
        ...action("close", "Close this view", (split) => split.close(stage.active)),
        available: () => several() && stage.active !== stage.main,
      },
      {
        ...action("hideHere", "Hide the selected nodes in this view", (split) => {
          const before = split.hiddenPaths(stage.active);
          split.setHidden(stage.active, new Set([...before, ...selected()]));
        }),
        available: () => several() && selected().length > 0,
      },
      {
        ...action("showHere", "Show all nodes in this view", (split) =>
          split.setHidden(stage.active, new Set()),
        ),
        available: () => (this.split.now?.hiddenPaths(stage.active).size ?? 0) > 0,
      },
    ];
  }

  /** By the user. */
  private changed(): void {}
}
