/** Cutting by hand, as actions. Their code is loaded when the first of them runs. */
import type { CutDeps, Cutting } from "./cut/cutting";

/** Returns the end of the actions. */
export function addCutActions(deps: CutDeps): () => void {
  let cutting: Cutting | undefined;
  const add = (id: string, label: string, run: (c: Cutting) => void, available?: () => boolean) =>
    deps.actions.add({
      id: `cut.${id}`,
      label,
      description: "on this page only",
      section: "Cut",
      available,
      async run() {
        cutting ??= new (await import("./cut/cutting")).Cutting(deps);
        run(cutting);
      },
    });
  const some = () => cutting?.some === true;
  const selected = () => deps.selected().length > 0;
  const ends = [
    add("plane", "Cut with a plane", (c) => c.addPlane([])),
    add("box", "Cut with a box", (c) => c.addBox([])),
    add("selected", "Cut only the selected nodes", (c) => c.addPlane(deps.selected()), selected),
    add("flip", "Flip the cut", (c) => c.flip(), some),
    ...["X", "Y", "Z"].map((axis, i) =>
      add(`along${axis}`, `Plane along ${axis}`, (c) => c.turn(i), some),
    ),
    add("edit", "Move the cut", (c) => c.edit(), some),
    add(
      "next",
      "Change another cut",
      (c) => c.next(),
      () => cutting?.several === true,
    ),
    add("fill", "Fill the cuts", (c) => c.fill(), some),
    add("toggle", "Turn the cut off or on", (c) => c.toggle(), some),
    add("remove", "Remove the cut", (c) => c.remove(), some),
  ];
  return () => {
    for (const end of ends) end();
    cutting?.dispose();
  };
}
