/** The color bars of nodes that are colored by number: what is loaded with the page, until there is such a node. */
import { SCALAR_PROPS } from "../scene/scalars";
import type { ColorBars } from "./colorBars";
import type { ScalarBarsDeps } from "./scalarBarsDeps";

export class ScalarBars {
  private bars: ColorBars | null = null;
  private loading = false;
  private due = false;
  private hidden = false;
  private disposed = false;
  private readonly removeActions: () => void;

  constructor(private readonly deps: ScalarBarsDeps) {
    const { world, actions } = deps;
    world.scalars.onChange = () => this.changed();
    const some = () => world.scalars.places.size > 0;
    this.removeActions = actions.add(
      {
        id: "looks.colorBars",
        label: "Show color bars",
        section: "Looks",
        available: some,
        on: () => !this.hidden,
        run: () => {
          this.hidden = !this.hidden;
          this.update();
        },
      },
      {
        id: "looks.resetColorRanges",
        label: "Reset the ranges of color bars",
        section: "Looks",
        available: () => some() && this.edited().length > 0,
        run: () => {
          for (const path of this.edited()) deps.unedit(path, [RANGE]);
        },
      },
    );
  }

  dispose(): void {
    this.disposed = true;
    this.removeActions();
    this.bars?.dispose();
  }

  private edited(): string[] {
    const all = [...this.deps.world.scalars.places];
    return all.filter((p) => p.effective?.edits?.props.has(RANGE)).map((p) => p.path);
  }

  private changed(): void {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => {
      this.due = false;
      this.update();
    });
  }

  private update(): void {
    if (this.disposed) return;
    const shown = this.hidden
      ? []
      : [...this.deps.world.scalars.places].filter((place) => place.shown);
    if (this.bars) this.bars.show(shown);
    else if (shown.length > 0) void this.load();
  }

  private async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      const { ColorBars } = await import("./colorBars");
      if (this.disposed) return;
      this.bars = new ColorBars(this.deps);
      this.update();
    } catch (error) {
      console.warn("viser: the color bars could not be loaded:", error);
    } finally {
      this.loading = false;
    }
  }
}

const RANGE = SCALAR_PROPS[1]!;
