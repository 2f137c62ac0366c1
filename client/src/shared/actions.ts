/**
 * What a person can do with the page, by name: the palette lists the actions, and keys run them (keys.ts). Every part
 * of the page adds its own; a tool whose code is loaded when it is used adds an action that loads it.
 */
import { Cell, type Observable } from "./observable";

/** The headings of the palette, in its order. */
export type Section = "View" | "Select" | "Measure" | "Cut" | "Looks" | "Picture" | "Page";

export interface Action {
  /** Unique, in words with dots: "view.fit". keys.ts and the program's state refer to it. */
  readonly id: string;
  /** An order, in sentence case: "Fit everything in the view". */
  readonly label: string;
  /** What a search should find it by beside the label, or what it needs, in a few words. */
  readonly description?: string;
  readonly section: Section;
  /** False: it would do nothing now. It is not listed then, and its key has no effect. Absent: always true. */
  available?(): boolean;
  /** Of an action that switches something: whether it is on. */
  on?(): boolean;
  /** A refused promise is shown to the user. */
  run(): void | Promise<void>;
}

export class Actions {
  private readonly list = new Cell<readonly Action[]>([]);
  private readonly escapes: (() => void)[] = [];
  /** Shows the user that an action has failed. */
  onFailure: (action: Action, error: unknown) => void = (action, error) =>
    console.error(`viser: ${action.id}:`, error);

  /** Shows the user for a moment that an action has done something which is not seen. */
  say: (what: string) => void = () => {};

  /** All actions, in the order in which they were added. */
  get all(): Observable<readonly Action[]> {
    return this.list;
  }

  /** Adds actions; the returned function removes them. */
  add(...added: readonly Action[]): () => void {
    this.list.update((list) => [...list, ...added]);
    return () => this.list.update((list) => list.filter((action) => !added.includes(action)));
  }

  /** The action, if it would do something now. */
  available(id: string): Action | null {
    const action = this.list.get().find((a) => a.id === id);
    return action && (action.available?.() ?? true) ? action : null;
  }

  /** Runs an action, and shows the user if it fails. */
  run(action: Action): void {
    const failed = (error: unknown) => this.onFailure(action, error);
    try {
      action.run()?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Escape in the scene ends what was begun last, such as a tool, by `end`; the returned function is for what has ended. */
  onEscape(end: () => void): () => void {
    this.escapes.push(end);
    return () => {
      const at = this.escapes.lastIndexOf(end);
      if (at >= 0) this.escapes.splice(at, 1);
    };
  }

  /** Whether something is in progress that Escape ends. */
  get busy(): boolean {
    return this.escapes.length > 0;
  }

  /** Ends what was begun last; false: nothing is in progress. */
  escape(): boolean {
    const end = this.escapes.pop();
    end?.();
    return end !== undefined;
  }
}
