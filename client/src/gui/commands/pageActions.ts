/** What the palette can do with the page itself: its panel, its colors, and what is usually in the way. */
import type { SceneView, TreeNode } from "../../contract";
import type { Action } from "../../shared/actions";
import type { Gui } from "../context";
import { dockedAt } from "../panel/arrangement";
import { CONTROL_PANEL } from "../panel/panelState";
import type { DarkChoice } from "../themeState";

export function pageActions(gui: Gui): readonly Action[] {
  const { scene } = gui.options;
  return [
    {
      id: "page.keys",
      label: "Show all keys and gestures",
      section: "Page",
      run: () => gui.commands.keys.update((open) => !open),
    },
    ...themes(gui),
    ...panelPlaces(gui),
    nodes(scene, "page.grids", "Grids", (node) => node.kind === "Grid"),
    nodes(scene, "page.axes", "World axes", (node) => node.path === "/WorldAxes"),
  ];
}

const THEMES: readonly (readonly [DarkChoice, string])[] = [
  ["light", "Light colors"],
  ["dark", "Dark colors"],
  ["program", "Colors of the program"],
];

function themes({ theme }: Gui): readonly Action[] {
  return THEMES.map(([choice, label]) => ({
    id: `page.${choice}`,
    label,
    description: "theme",
    section: "Page",
    on: () => theme.choice.get() === choice,
    run: () => theme.choice.set(choice),
  }));
}

function panelPlaces({ panel }: Gui): readonly Action[] {
  const side = () => dockedAt(panel.arrangement.get(), CONTROL_PANEL)?.side;
  const place = (at: "left" | "right"): Action => ({
    id: `page.panel.${at}`,
    label: `Panel at the ${at}`,
    section: "Page",
    on: () => side() === at,
    run: () => (side() === at ? panel.float(CONTROL_PANEL) : panel.dock(CONTROL_PANEL, at)),
  });
  return [
    {
      id: "page.panel",
      label: "Control panel",
      description: "show or hide",
      section: "Page",
      on: () => !panel.collapsed(CONTROL_PANEL),
      run: () => panel.toggle(CONTROL_PANEL),
    },
    {
      id: "page.tools",
      label: "Scene and tools",
      description: "show or hide in the panel",
      section: "Page",
      on: () => panel.view.get() === "tools" && !panel.collapsed(CONTROL_PANEL),
      run: () => {
        const shown = panel.view.get() === "tools" && !panel.collapsed(CONTROL_PANEL);
        panel.view.set(shown ? "controls" : "tools");
        panel.setCollapsed(CONTROL_PANEL, false);
      },
    },
    place("left"),
    place("right"),
  ];
}

/** Shows or hides all nodes of a sort, on this page only. */
function nodes(
  scene: SceneView,
  id: string,
  label: string,
  wanted: (node: TreeNode) => boolean,
): Action {
  const all = () => select(scene.tree.root(), wanted);
  const on = () => all().some((node) => node.override ?? node.visible);
  return {
    id,
    label,
    description: "show or hide",
    section: "Page",
    available: () => all().length > 0,
    on,
    run: () => {
      const show = !on();
      for (const { path } of all()) scene.setVisibilityOverride(path, show);
    },
  };
}

function select(from: TreeNode, wanted: (node: TreeNode) => boolean): readonly TreeNode[] {
  const found = wanted(from) ? [from] : [];
  return [...found, ...from.children.flatMap((child) => select(child, wanted))];
}
