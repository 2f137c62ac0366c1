/** What the palette lists: the program's commands and the page's actions. */
import type { Action, Actions, Section } from "../../shared/actions";
import { commandKey, keyNames } from "../../shared/hotkey";
import { keysOf } from "../../shared/keys";
import { str, strOrNull } from "../store/read";
import type { Command, Commands } from "./commands";
import { rank, search, wordsOf } from "./paletteSearch";

export interface Entry {
  /** Unique in the palette. */
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
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
const ORDER: readonly Section[] = ["View", "Select", "Measure", "Cut", "Looks", "Picture", "Page"];
/** Maximum number of results shown. */
const MAX_SHOWN = 200;

export interface PaletteSources {
  commands: Commands;
  actions: Actions;
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
    section: action.section,
    keys: keys.map((name) => (name === "Ctrl" ? commandKey() : name)),
    icon: null,
    disabled: false,
    on: action.on?.(),
    run: () => actions.run(action),
  };
}

/** Looks for entries while the palette is open. */
export class PaletteEntries {
  constructor(private readonly sources: PaletteSources) {}

  /** Without a query all commands and actions; the best section comes first otherwise. */
  groups(query: string): readonly Group[] {
    const words = wordsOf(query);
    const own = this.own();
    if (words.length === 0) return grouped(own.slice(0, MAX_SHOWN));
    const found = search(
      own,
      (e) => rank(e.label.toLowerCase(), (e.description ?? "").toLowerCase(), words),
      MAX_SHOWN,
    );
    return grouped(found.map(({ item }) => item));
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
