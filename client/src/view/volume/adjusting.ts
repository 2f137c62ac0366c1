/**
 * How a volume looks, changed by the page's user: edits of the node on this page only, which end when the program sets
 * the same again. The grid's numbers are never touched.
 */
import type { NodePlace } from "../../scene/world";
import { VolumeCard } from "./card";
import { type Curve, curveThrough, opacitiesOf } from "./curve";
import type { VolumeDeps } from "./deps";
import { densityAt, type Range, withEnd } from "./fields";
import { extentIn, sampleOf } from "./histogram";
import { opacitiesIn, tableFrom, tableOf, tableOfMap } from "./transfer";

const EDITED = ["transfer", "range", "density", "level"];

export class Adjusting {
  private readonly card: VolumeCard;
  private path = "";
  private ends: (() => void)[] = [];
  /** The table that was made of the curve: the curve itself is exact. */
  private made: unknown = null;
  private curve: Curve = [];

  constructor(private readonly deps: VolumeDeps) {
    this.card = new VolumeCard(deps.container, {
      pickMap: (name) => this.pickMap(name),
      moveEnd: (end, value) => this.edit({ range: withEnd(this.range(), end, value) }),
      setLevel: (level) => this.edit({ level }),
      setDensity: (decades) => this.edit({ density: densityAt(decades, this.baseDensity()) }),
      setCurve: (curve) => this.setCurve(curve),
      reset: () => this.reset(),
      done: () => this.close(),
    });
  }

  open(path: string): void {
    this.path = path;
    if (this.ends.length === 0) this.follow();
    this.show();
  }

  dispose(): void {
    this.close();
  }

  private follow(): void {
    const { world, actions } = this.deps;
    const updated = (place: NodePlace) => {
      if (place.path === this.path) this.show();
    };
    world.perUpdate.add(updated);
    this.ends = [
      () => world.perUpdate.delete(updated),
      world.model.subscribe(() => this.show()),
      actions.onEscape(() => this.close()),
    ];
  }

  private close(): void {
    for (const end of this.ends.splice(0)) end();
    this.card.hide();
  }

  private show(): void {
    const props = this.props();
    if (!props) {
      this.close();
      return;
    }
    const table = this.table();
    if (props.transfer !== this.made || this.curve.length === 0) {
      this.made = props.transfer;
      this.curve = curveThrough(opacitiesIn(table));
    }
    const sample = sampleOf(props.values);
    this.card.show({
      path: this.path,
      mode: String(props.mode),
      table,
      curve: this.curve,
      range: this.range(),
      level: numberOr(props.level, 0),
      density: numberOr(props.density, 1),
      baseDensity: this.baseDensity(),
      sample,
      extent: extentIn(sample) ?? this.range(),
      edited: this.edited(),
    });
  }

  /** null: there is no volume any more. */
  private props(): Record<string, unknown> | null {
    const v = this.deps.world.tree.get(this.path)?.effective;
    return v?.kind === "VolumeMessage" && !v.empty ? v.props : null;
  }

  private edited(): boolean {
    const edits = this.deps.world.tree.get(this.path)?.effective?.edits?.props;
    return EDITED.some((name) => edits?.has(name));
  }

  /** What the program has set. */
  private original(name: string): unknown {
    const edits = this.deps.world.tree.get(this.path)?.effective?.edits?.props;
    return edits?.has(name) ? edits.get(name) : this.props()?.[name];
  }

  private table(): Uint8Array {
    return tableOf(this.props()?.transfer) ?? tableFrom(tableOfMap("viridis"), rampOf);
  }

  private range(): Range {
    const range = this.props()?.range;
    const fits = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite);
    return fits ? [range[0], range[1]] : [0, 1];
  }

  private baseDensity(): number {
    return numberOr(this.original("density"), 1);
  }

  /** null: the program's colors. */
  private pickMap(name: string | null): void {
    const colors = name ? tableOfMap(name) : tableOf(this.original("transfer"));
    if (colors) this.setTable(colors, this.curve);
  }

  private setCurve(curve: Curve): void {
    this.setTable(this.table(), curve);
  }

  private setTable(colors: Uint8Array, curve: Curve): void {
    const transfer = tableFrom(colors, (rows) => opacitiesOf(curve, rows));
    this.made = transfer;
    this.curve = curve;
    this.edit({ transfer });
  }

  private edit(props: Record<string, unknown>): void {
    if (!this.props()) return;
    this.deps.edit(this.path, { props });
    this.show();
  }

  private reset(): void {
    this.deps.unedit(this.path, EDITED);
    this.show();
  }
}

function rampOf(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, i) => Math.round((255 * i) / (rows - 1)));
}

function numberOr(value: unknown, other: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : other;
}
