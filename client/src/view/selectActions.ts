/** What can be done with the selection, as actions. Their code is loaded when they run. */
import type { SceneWorld } from "../scene/world";
import type { Action, Actions } from "../shared/actions";
import type { Selection } from "./selection";

export interface SelectDeps {
  actions: Actions;
  selection: Selection;
  world: SceneWorld;
  /** Makes changes of the scene as one step. */
  change(make: () => void): void;
  /** Lets the next drag over the canvas, of any pointer, select in a box. */
  armBox(): void;
  requestRender(): void;
  dispose(end: () => void): void;
}

/** Adds the actions, and draws what is selected once something is. */
export function addSelectActions(deps: SelectDeps): void {
  const { selection, world } = deps;
  const paths = () => selection.paths.get();
  const some = () => paths().length > 0;
  const hiding = (what: (tools: typeof import("./select/hiding")) => void) => async () => {
    const tools = await import("./select/hiding");
    deps.change(() => what(tools));
  };
  const action = (name: string, label: string, description: string, more: Partial<Action>) => ({
    id: `select.${name}`,
    label,
    description,
    section: "Select" as const,
    run: () => {},
    ...more,
  });
  deps.dispose(
    deps.actions.add(
      action("box", "Select in a box", "drag a rectangle over nodes", { run: deps.armBox }),
      action("clear", "Clear the selection", "select nothing", {
        available: some,
        run: () => selection.select([], "set"),
      }),
      action("hide", "Hide the selected nodes", "on this page only", {
        available: some,
        run: hiding(({ hide }) => hide(world.tree, paths())),
      }),
      action("isolate", "Show only the selected nodes", "isolate, on this page only", {
        available: some,
        run: hiding(({ isolate }) => isolate(world.tree, paths())),
      }),
      action("showAll", "Show all hidden nodes", "undo hide and isolate on this page", {
        run: hiding(({ showAll }) => showAll(world.tree)),
      }),
    ),
  );
  followSelection(deps);
}

function followSelection({ selection, world, requestRender, dispose }: SelectDeps): void {
  let highlight: Promise<{ show(paths: readonly string[]): void; dispose(): void }> | null = null;
  const changed = (paths: readonly string[]) => {
    if (paths.length > 0) {
      highlight ??= import("./select/highlight").then(
        ({ SelectionHighlight }) => new SelectionHighlight(world, requestRender),
      );
    }
    highlight?.then(
      (drawn) => drawn.show(selection.paths.get()),
      () => {
        // It could not be loaded: the next selection tries again.
        highlight = null;
      },
    );
  };
  const off = selection.paths.subscribe(changed);
  dispose(() => {
    off();
    highlight?.then(
      (drawn) => drawn.dispose(),
      () => {},
    );
  });
}
