/**
 * What is selected on this page: by its user, in the picture or in the tree of nodes, or by the program. The last who
 * selects wins. What is drawn of it, and what is done with it, is in select/, which a page without a selection does not
 * load.
 */
import type { SelectMode, Send } from "../contract";
import type { SetSelectionMessage } from "../protocol/messages.gen";
import type { SceneTree } from "../scene/tree";
import { Cell, type Observable } from "../shared/observable";

/** As many as a server takes. */
export const MAX_SELECTED = 10_000;

export class Selection {
  private readonly cell = new Cell<readonly string[]>([]);
  /** Of the program's selection that was followed last; 0: none. */
  private revision = 0;
  private byProgram = false;
  /** What the program has selected, until all of it is there or known to be missing; null: nothing of it is missing. */
  private wanted: readonly string[] | null = null;
  /** Whether the program wants to know what the user selects. */
  private reports = false;
  private received = { selection: true, reports: true };
  private replaying = false;
  readOnly = false;

  constructor(
    private readonly tree: Pick<SceneTree, "get">,
    private readonly send: Send,
  ) {}

  /** The names of the selected nodes, in the order in which they were selected. */
  get paths(): Observable<readonly string[]> {
    return this.cell;
  }

  /** By the page's user. */
  select(paths: readonly string[], mode: SelectMode): void {
    const now = this.cell.get();
    const before = new Set(now);
    const given = new Set(paths);
    const all = [...given].every((path) => before.has(path));
    const next =
      mode === "set"
        ? [...given]
        : mode === "toggle" && all
          ? now.filter((path) => !given.has(path))
          : // What was selected before and is again becomes the last.
            [...now.filter((path) => !given.has(path)), ...given];
    this.wanted = null;
    if (!this.show(next)) return;
    this.byProgram = false;
    if (this.reports && !this.readOnly) this.report();
  }

  /** By the program. */
  set({ names, revision }: SetSelectionMessage): void {
    this.received.selection = true;
    // Not again, when a connection was lost: the user may have selected something else since.
    if (revision === this.revision || !Array.isArray(names)) return;
    this.revision = revision;
    this.byProgram = true;
    this.wanted = names;
    this.show(names);
  }

  setReports(enabled: boolean): void {
    this.received.reports = true;
    this.reports = enabled;
  }

  /** After a step of messages; `removed`: nodes may be gone. */
  settle(removed: boolean): void {
    if (this.replaying) return;
    if (this.wanted || removed) this.show(this.wanted ?? this.cell.get());
    this.wanted = null;
  }

  replayStart(): void {
    this.replaying = true;
    this.received = { selection: false, reports: false };
  }

  replayDone(): void {
    this.replaying = false;
    if (!this.received.reports) this.reports = false;
    // Another run of the server, whose program has selected nothing.
    if (!this.received.selection && this.revision !== 0) {
      this.revision = 0;
      if (this.byProgram) this.wanted = [];
    }
    this.settle(true);
  }

  /** Returns whether anything is other than before. */
  private show(paths: readonly string[]): boolean {
    const before = this.cell.get();
    const next = paths
      .filter((path) => typeof path === "string" && path !== "" && this.tree.get(path)?.effective)
      .slice(0, MAX_SELECTED);
    if (next.length === before.length && next.every((path, i) => path === before[i])) return false;
    this.cell.set(next);
    return true;
  }

  private report(): void {
    const names = this.cell.get();
    this.send({
      type: "SelectionMessage",
      names: [...names],
      owners: names.map((path) => this.tree.get(path)?.effective?.owner ?? ""),
      revision: this.revision,
    });
  }
}
