/** What the palette lists: the program's commands, the page's actions, and nodes of the scene by name. */
import type { SceneView, TreeNode } from "../../contract";
import type { Action, Actions, Section } from "../../shared/actions";
import { commandKey, keyNames } from "../../shared/hotkey";
import { keysOf } from "../../shared/keys";
import { str, strOrNull } from "../store/read";
import type { Command, Commands } from "./commands";
import { OTHER_NAMES } from "./otherNames";
import { rank, search, shorterFirst, wordsOf } from "./paletteSearch";

export interface Entry {
  /** Unique in the palette. */
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  /** Other words to find it by, in lower case. */
  readonly also?: string;
  readonly section: string;
  readonly keys: readonly string[];
  /** Markup of the program's. */
  readonly icon: unknown;
  readonly disabled: boolean;
  /** Of a switch: whether it is on. */
  readonly on: boolean | undefined;
  run(): void;
}

/** A section of the list, with its entries. */
export interface Group {
  readonly section: string;
  readonly entries: readonly Entry[];
}

const PROGRAM = "Program";
const NODES = "Nodes";
const ORDER: readonly Section[] = ["View", "Select", "Measure", "Cut", "Looks", "Picture", "Page"];
/** Maximum numbers of results shown. */
const MAX_SHOWN = 200;
const MAX_NODES = 50;

export interface PaletteSources {
  commands: Commands;
  actions: Actions;
  scene: SceneView;
  hideNodes: boolean;
}

function commandEntry(command: Command, commands: Commands): Entry {
  const { props, uuid } = command;
  return {
    key: `c ${uuid}`,
    label: str(props.label),
    description: strOrNull(props.description),
    section: PROGRAM,
    keys: keyNames(props.hotkey, props.modifier),
    icon: props._icon_html,
    disabled: props.disabled === true,
    on: undefined,
    run: () => commands.trigger(command),
  };
}

function actionEntry(action: Action, actions: Actions): Entry {
  const keys = keysOf(action.id)?.split("+") ?? [];
  return {
    key: `a ${action.id}`,
    label: action.label,
    description: action.description ?? null,
    also: OTHER_NAMES[action.id],
    section: action.section,
    keys: keys.map((name) => (name === "Ctrl" ? commandKey() : name)),
    icon: null,
    disabled: false,
    on: action.on?.(),
    run: () => actions.run(action),
  };
}

interface NamedNode {
  readonly path: string;
  readonly lower: string;
  readonly kind: string;
}

function nodeEntry({ path, kind }: NamedNode, { scene, actions }: PaletteSources): Entry {
  return {
    key: `n ${path}`,
    label: path,
    description: kind,
    section: NODES,
    keys: [],
    icon: null,
    disabled: false,
    on: undefined,
    run: () =>
      actions.run({
        id: "view.node",
        label: path,
        section: "View",
        run: () => focusOn(scene, path),
      }),
  };
}

/** Selects a node, and moves to it. */
function focusOn(scene: SceneView, path: string): Promise<void> {
  scene.select([path]);
  return scene.focusNode(path);
}

function namedNodes(root: TreeNode): readonly NamedNode[] {
  const found: NamedNode[] = [];
  const add = (node: TreeNode) => {
    if (node.kind !== "")
      found.push({ path: node.path, lower: node.path.toLowerCase(), kind: node.kind });
    for (const child of node.children) add(child);
  };
  add(root);
  return found;
}

/** Looks for entries while the palette is open; the nodes are those of the first query. */
export class PaletteEntries {
  private nodes: readonly NamedNode[] | null = null;

  constructor(private readonly sources: PaletteSources) {}

  /** Without a query all commands and actions; the best section comes first otherwise. */
  groups(query: string): readonly Group[] {
    const words = wordsOf(query);
    const own = this.own();
    if (words.length === 0) return grouped(own.slice(0, MAX_SHOWN));
    const found = search(
      own,
      (e) => {
        const label = e.label.toLowerCase();
        const found = rank(label, (e.description ?? "").toLowerCase(), words, e.also);
        // One word is short for the first of those that begin with it; more are meant as they are.
        return words.length > 1 ? shorterFirst(found, label) : found;
      },
      MAX_SHOWN,
    );
    const nodes = this.nodesOf(words);
    const all = [...found, ...nodes].sort((a, b) => a.rank - b.rank);
    return grouped(all.map(({ item }) => item).slice(0, MAX_SHOWN));
  }

  private own(): readonly Entry[] {
    const { commands, actions } = this.sources;
    const ofProgram = commands.readOnly ? [] : commands.all.get();
    const available = actions.all.get().filter((a) => a.available?.() ?? true);
    const inOrder = ORDER.flatMap((section) => available.filter((a) => a.section === section));
    return [
      ...ofProgram.map((c) => commandEntry(c, commands)),
      ...inOrder.map((a) => actionEntry(a, actions)),
    ];
  }

  private nodesOf(words: readonly string[]): readonly { item: Entry; rank: number }[] {
    if (this.sources.hideNodes) return [];
    this.nodes ??= namedNodes(this.sources.scene.tree.root());
    // A name that begins so is as good as an action that does: both are meant often.
    const rankOf = ({ lower }: NamedNode) => shorterFirst(rank(lower, "", words), lower);
    return search(this.nodes, rankOf, MAX_NODES).map((found) => ({
      item: nodeEntry(found.item, this.sources),
      rank: found.rank,
    }));
  }
}

/** Sections in the order of their first entries. */
function grouped(entries: readonly Entry[]): readonly Group[] {
  const bySection = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = bySection.get(entry.section);
    if (list) list.push(entry);
    else bySection.set(entry.section, [entry]);
  }
  return [...bySection].map(([section, list]) => ({ section, entries: list }));
}
