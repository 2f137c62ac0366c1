/**
 * How the scene is drawn beyond its materials and lights: what the program sets, what the page's user chooses, and
 * the drawing, whose code is loaded with the first look that is on. Without one, a frame is drawn as if there were
 * none of this.
 */
import type { Action, Actions } from "../../shared/actions";
import { Cell } from "../../shared/observable";
import type { DrawDeps, LookDrawer } from "./drawer";
import { LOOK_NAMES, LOOKS, type LookName, type LookSet } from "./names";

const STORAGE_KEY = "viser-go.looks";

interface Choices {
  /** The program's looks when the choices were made: other ones replace them. */
  program: string;
  on: Partial<Record<LookName, boolean>>;
}

export interface LookDeps extends Omit<DrawDeps, "redraw"> {
  actions: Actions;
  /** From the page's address: only these are on, whatever was chosen before; null: nothing about it. */
  named: readonly string[] | null;
  requestRender(): void;
  /** A picture waits for this. */
  wait(work: Promise<void>): void;
  storage(): Storage;
}

export class Looks {
  /** What the page is drawn with. */
  readonly shown = new Cell<LookSet>(new Set());
  private program: LookSet = new Set();
  private choices: Choices;
  private replaying = false;
  /** The program has set a look since the page was loaded. */
  private told = false;
  private drawer: LookDrawer | null = null;
  private loading: Promise<void> | null = null;
  private dark = false;
  private disposed = false;
  private readonly removeActions: () => void;

  constructor(private readonly deps: LookDeps) {
    this.choices = this.read();
    if (deps.named) {
      const on = LOOK_NAMES.map((name) => [name, deps.named!.includes(name)]);
      this.choices = { program: "", on: Object.fromEntries(on) };
    }
    this.removeActions = deps.actions.add(...LOOK_NAMES.map((name) => this.action(name)));
    this.update();
  }

  /** The program's looks; names that are not known are ignored. They replace the user's choices. */
  set(names: unknown): void {
    const list = Array.isArray(names) ? names : [];
    this.program = new Set(LOOK_NAMES.filter((name) => list.includes(name)));
    const program = key(this.program);
    // A reload or a reconnection repeats what the user has already decided about.
    if (!this.told && this.deps.named) this.choices = { ...this.choices, program };
    else if ((this.told && !this.replaying) || this.choices.program !== program) {
      this.choices = { program, on: {} };
      this.write();
    }
    this.told = true;
    this.update();
  }

  /** The parameters of a link to what is seen: none if the program has decided about all of it. */
  params(): readonly (readonly [name: string, value: string])[] {
    const shown = this.shown.get();
    if (key(shown) === key(this.program)) return [];
    return [["looks", LOOK_NAMES.filter((name) => shown.has(name)).join()]];
  }

  replayStart(): void {
    this.replaying = true;
    this.program = new Set();
  }

  /** Without a message there is no look of the program's. */
  replayDone(): void {
    this.replaying = false;
    this.update();
  }

  setDark(dark: boolean): void {
    this.dark = dark;
    if (this.drawer) this.drawer.dark = dark;
  }

  /** Draws a view of the page by `render`, which draws the scene on what the renderer draws on. */
  draw(render: () => void): void {
    this.drawWith(this.shown.get(), true, render);
  }

  /** Draws a picture; those for programs have no look that only the user has chosen. */
  drawPicture(forProgram: boolean, render: () => void): void {
    this.drawWith(forProgram ? this.program : this.shown.get(), false, render);
  }

  /** Whether a picture with that look may have parts that do not cover what is behind them. */
  seesThrough(forProgram: boolean): boolean {
    return (forProgram ? this.program : this.shown.get()).has("x_ray");
  }

  dispose(): void {
    this.disposed = true;
    this.removeActions();
    this.drawer?.dispose();
  }

  private drawWith(looks: LookSet, onPage: boolean, render: () => void): void {
    if (this.drawer) this.drawer.draw(looks, onPage, render);
    else render();
  }

  private action(name: LookName): Action {
    const [label, description] = LOOKS[name];
    return {
      id: `look.${name}`,
      label,
      description,
      section: "Looks",
      on: () => this.shown.get().has(name),
      run: () => this.toggle(name),
    };
  }

  private async toggle(name: LookName): Promise<void> {
    const on = !this.shown.get().has(name);
    if (on) await this.load();
    if (on && this.drawer && !this.drawer.can(name)) {
      throw new Error("This browser's graphics driver can't do that.");
    }
    this.choices = { program: key(this.program), on: { ...this.choices.on, [name]: on } };
    this.write();
    this.update();
  }

  private update(): void {
    const { on } = this.choices;
    const shown = new Set(LOOK_NAMES.filter((name) => on[name] ?? this.program.has(name)));
    if (shown.size + this.program.size > 0) {
      const loaded = this.load().catch((e: unknown) => console.warn("viser: no looks:", e));
      if (!this.drawer) this.deps.wait(loaded);
    }
    if (key(shown) !== key(this.shown.get())) this.shown.set(shown);
    this.deps.requestRender();
  }

  private load(): Promise<void> {
    this.loading ??= import("./drawer").then(
      ({ LookDrawer }) => {
        if (this.disposed) return;
        this.drawer = new LookDrawer({ ...this.deps, redraw: () => this.deps.requestRender() });
        this.drawer.dark = this.dark;
        this.deps.requestRender();
      },
      (e: unknown) => {
        // It may work the next time.
        this.loading = null;
        throw e;
      },
    );
    return this.loading;
  }

  private read(): Choices {
    const none: Choices = { program: "", on: {} };
    try {
      const saved = JSON.parse(this.deps.storage().getItem(STORAGE_KEY) ?? "null");
      if (typeof saved?.program !== "string") return none;
      const on = LOOK_NAMES.filter((name) => typeof saved.on?.[name] === "boolean");
      return { program: saved.program, on: Object.fromEntries(on.map((n) => [n, saved.on[n]])) };
    } catch {
      return none;
    }
  }

  private write(): void {
    try {
      const { program, on } = this.choices;
      if (Object.keys(on).length === 0) this.deps.storage().removeItem(STORAGE_KEY);
      else this.deps.storage().setItem(STORAGE_KEY, JSON.stringify({ program, on }));
    } catch {
      // Without storage the choices last until the page is closed.
    }
  }
}

function key(looks: LookSet): string {
  return LOOK_NAMES.filter((name) => looks.has(name)).join(" ");
}
