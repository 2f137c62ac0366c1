/**
 * The views into which a user or the program splits the page: what is loaded with every page. What splits it is in
 * split/.
 */
import type { Send } from "../contract";
import type { Action, Actions } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { OnDemand } from "../shared/onDemand";
import type { LayoutName } from "./split/layouts";
import type { ProgramViews, ViewMessage } from "./split/program";
import type { SplitDeps, ViewSplit } from "./split/split";
import type { Parameter } from "./split/viewsLink";
import type { View } from "./stage";

export interface ViewsDeps extends Omit<SplitDeps, "changed" | "report"> {
  actions: Actions;
  send: Send;
  /** Whether the server is one of ours. */
  extended(): boolean;
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

const MAX_VIEWS = 4;

interface Loaded {
  split: ViewSplit;
  program: ProgramViews;
  params(): readonly Parameter[];
  follow(query: URLSearchParams): void;
  dispose(): void;
}

export class Views {
  private readonly loaded: OnDemand<Loaded>;
  private readonly disposables = new Disposables();
  /** What was received for views that are not there, by their numbers. */
  private readonly later = new Map<number, (view: View) => void>();
  /** What is still to be done when the code is there. */
  private pending: Promise<unknown> | null = null;

  constructor(private readonly deps: ViewsDeps) {
    this.loaded = this.disposables.use(new OnDemand(() => this.load()));
    this.disposables.add(deps.actions.add(...this.actions()));
  }

  get layout(): LayoutName {
    return this.split?.layout ?? "single";
  }

  /** The parameters of a link to what is seen; the main camera is not among them. */
  params(): readonly Parameter[] {
    return this.loaded.now?.params() ?? [];
  }

  /** Divides the page as a link says. */
  follow(query: URLSearchParams): void {
    const [layout] = (query.get("views") ?? "").split(",");
    if (!LAYOUTS.some(([name]) => name === layout)) return;
    this.with((loaded) => loaded.follow(query));
  }

  apply(m: ViewMessage): void {
    this.with(({ program }) => program.apply(m));
  }

  replayStart(): void {
    if (this.loaded.now || this.pending) this.with(({ program }) => program.replayStart());
  }

  replayDone(): void {
    if (this.loaded.now || this.pending) this.with(({ program }) => program.replayDone());
  }

  /** The view of that number, when all that was received before has had its effect; null: there is none. */
  async at(index: number): Promise<View | null> {
    await this.pending;
    return this.deps.stage.views[index] ?? null;
  }

  /** Runs with the view of that number now, and again if it is closed and comes back; null: not any more. */
  async each(index: number, run: ((view: View) => void) | null): Promise<View | null> {
    if (run && index > 0 && index < MAX_VIEWS) this.later.set(index, run);
    else this.later.delete(index);
    return this.at(index);
  }

  /** Draws what is shown in a view: without the nodes that are hidden in it. */
  drawIn(view: View, draw: () => void): void {
    if (this.split) this.split.drawIn(view, draw);
    else draw();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private get split(): ViewSplit | undefined {
    return this.loaded.now?.split;
  }

  private async load(): Promise<Loaded> {
    const { ViewSplit, ProgramViews, viewsParams, followViews } = await import("./split/load");
    const split: ViewSplit = new ViewSplit({
      ...this.deps,
      changed: () => program.changed(),
      report: (camera, viewport) => program.reportCamera(camera, viewport),
    });
    const program = new ProgramViews(split, this.deps);
    const { added } = split;
    split.added = (index) => {
      added(index);
      this.later.get(index)?.(split.viewAt(index)!);
    };
    return {
      split,
      program,
      params: () => viewsParams(split),
      follow: (query) => followViews(split, query),
      dispose: () => split.dispose(),
    };
  }

  /** At once if the code is there, else when it is; in the order of the calls. */
  private with(run: (loaded: Loaded) => void): void {
    const { now } = this.loaded;
    if (now && !this.pending) {
      run(now);
      return;
    }
    // A step that fails is reported, and does not keep the next ones from being done.
    const done = Promise.all([this.loaded.get(), this.pending])
      .then(([loaded]) => run(loaded))
      .catch((e: unknown) => console.warn("viser: the page can't be split:", e));
    this.pending = done;
    void done.finally(() => {
      if (this.pending === done) this.pending = null;
    });
  }

  private actions(): Action[] {
    const several = () => this.deps.stage.views.length > 1;
    const action = (id: string, label: string, run: (split: ViewSplit) => void): Action => ({
      id: `view.${id}`,
      label,
      section: "View",
      available: several,
      run: async () => {
        const { split, program } = await this.loaded.get();
        run(split);
        program.changed();
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
        on: () => this.split?.linked ?? false,
      },
      {
        ...action("maximize", "Maximize this view", (split) => split.toggleMaximized(stage.active)),
        on: () => this.split?.isMaximized ?? false,
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
        available: () => (this.split?.hiddenPaths(stage.active).size ?? 0) > 0,
      },
    ];
  }
}
