/**
 * Color bars: one for each meaning of colors in view. The ends of the range are sliders, which change it on this page
 * only; the number under the mouse is told. Loaded with the first node that is colored by number.
 */
import "./colorBars.css";
import type { PictureOverlay } from "../contract";
import type { NodePlace } from "../scene/world";
import { type Look, lookOf, rangeOf } from "../shared/scalars";
import { extentOf, formatted, type Scale, scaleOf, ticksOf } from "./barScale";
import { scalarAt } from "./scalarAt";
import type { ScalarBarsDeps } from "./scalarBarsDeps";

type Range = readonly [number, number];

/** Nodes whose colors mean the same. */
interface Group {
  key: string;
  look: Look;
  range: Range;
  /** The program's. */
  original: Range;
  places: NodePlace[];
}

export class ColorBars {
  private readonly el = document.createElement("div");
  private readonly overlay: PictureOverlay = { label: "Color bars", element: this.el };
  private bars: Bar[] = [];
  private unfollow: (() => void) | null = null;

  constructor(private readonly deps: ScalarBarsDeps) {
    this.el.className = "viser-bars";
    // What is below must not get what is done with the bars.
    for (const type of ["pointerdown", "wheel", "dblclick", "contextmenu"]) {
      this.el.addEventListener(type, (e) => e.stopPropagation());
    }
    deps.container.append(this.el);
  }

  /** Bars for the nodes that are shown. */
  show(places: readonly NodePlace[]): void {
    const groups = groupsOf(places);
    for (const bar of this.bars.splice(groups.length)) bar.dispose();
    groups.forEach((group, i) => {
      this.bars[i] ??= new Bar(this.el, (range) => this.setRange(i, range));
      this.bars[i].show(group);
    });
    this.follow(groups.length > 0);
    const others = this.deps.overlays.get().filter((o) => o !== this.overlay);
    const without = others.length === this.deps.overlays.get().length;
    if (groups.length > 0 === without) {
      this.deps.overlays.set(groups.length > 0 ? [...others, this.overlay] : others);
    }
  }

  dispose(): void {
    this.follow(false);
    this.el.remove();
  }

  /** null: that of the program. */
  private setRange(i: number, range: Range | null): void {
    for (const { path } of this.bars[i]?.group?.places ?? []) {
      if (range) this.deps.edit(path, { props: { scalars_range: range } });
      else this.deps.unedit(path, ["scalars_range"]);
    }
  }

  /** Nothing is searched under the mouse while there is no bar. */
  private follow(on: boolean): void {
    if (on === (this.unfollow !== null)) return;
    if (!on) {
      this.unfollow?.();
      this.unfollow = null;
      return;
    }
    const { probe, frame } = this.deps;
    this.unfollow = probe.follow((probed) => {
      const value = probed && scalarAt(probed, frame);
      for (const bar of this.bars) {
        const own = probed && bar.group?.places.includes(probed.place);
        bar.point(own ? value : null);
      }
    });
  }
}

function groupsOf(places: readonly NodePlace[]): Group[] {
  const groups = new Map<string, Group>();
  const sorted = [...places].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const place of sorted) {
    const props = place.effective?.props;
    if (!props) continue;
    const look = lookOf(props.scalars_look);
    if (look.noBar) continue;
    const range = rangeOf(props.scalars_range);
    const edits = place.effective?.edits?.props;
    const original = edits?.has("scalars_range") ? rangeOf(edits.get("scalars_range")) : range;
    const { label, unit, map, log, categories, names, colors } = look;
    const key = JSON.stringify([label, unit, map, log, categories, names, colors.length, original]);
    const group = groups.get(key);
    if (group) group.places.push(place);
    else groups.set(key, { key, look, range, original, places: [place] });
  }
  return [...groups.values()];
}

/** More categories than this are not listed. */
const MAX_CATEGORIES = 40;

class Bar {
  group: Group | null = null;
  private readonly el = document.createElement("section");
  private readonly title = document.createElement("b");
  private readonly value = document.createElement("output");
  private readonly track = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private readonly mark = document.createElement("div");
  private readonly ticks = document.createElement("div");
  private readonly list = document.createElement("ul");
  private readonly ends: readonly [HTMLElement, HTMLElement];
  private scale: Scale = scaleOf([0, 1], false);

  constructor(
    into: HTMLElement,
    private readonly setRange: (range: Range | null) => void,
  ) {
    const header = document.createElement("header");
    header.append(this.title, this.value);
    this.el.setAttribute("role", "group");
    this.track.className = "viser-bars-track";
    this.mark.className = "viser-bars-mark";
    this.mark.hidden = true;
    this.ticks.className = "viser-bars-ticks";
    this.ticks.ariaHidden = "true";
    this.ends = [this.makeEnd(0), this.makeEnd(1)];
    this.track.append(this.canvas, this.mark, ...this.ends);
    this.track.addEventListener("dblclick", () => this.setRange(null));
    this.track.title = "Drag the ends; double-click for the program's range";
    this.el.append(header, this.track, this.ticks, this.list);
    into.append(this.el);
  }

  dispose(): void {
    this.el.remove();
  }

  show(group: Group): void {
    this.group = group;
    const { look, range, original } = group;
    const { label, unit, map } = look;
    const name = label || (unit === "" ? map : unit);
    const text = label && unit ? `${label} (${unit})` : name;
    this.title.textContent = text;
    this.el.setAttribute("aria-label", `Colors: ${text}`);
    this.list.hidden = !look.categories;
    this.track.hidden = this.ticks.hidden = look.categories;
    if (look.categories) {
      this.showCategories(group);
      return;
    }
    const extents = group.places.map((p) => extentOf(p.effective!.props.scalars, look.log));
    const all = [original, range, ...extents.filter((e) => e !== null)];
    const low = Math.min(...all.map((e) => e[0]));
    const high = Math.max(...all.map((e) => e[1]));
    this.scale = scaleOf([low, high], look.log);
    this.paint(look, range);
    this.showEnds(range, unit);
    this.showTicks();
  }

  /** The number under the mouse; null: none. */
  point(value: number | null): void {
    const { group } = this;
    if (!group) return;
    const { look } = group;
    const at = value === null ? Number.NaN : this.scale.at(value);
    this.mark.hidden = !Number.isFinite(at);
    if (Number.isFinite(at)) this.mark.style.left = `${100 * Math.min(1, Math.max(0, at))}%`;
    if (value === null) this.value.textContent = "";
    else if (Number.isNaN(value)) this.value.textContent = "no number";
    else if (look.categories) this.value.textContent = categoryName(look, Math.floor(value + 0.5));
    else this.value.textContent = `${formatted(value)}${look.unit && ` ${look.unit}`}`;
  }

  private makeEnd(which: 0 | 1): HTMLElement {
    const el = document.createElement("div");
    el.setAttribute("role", "slider");
    el.tabIndex = 0;
    el.addEventListener("keydown", (e) => this.key(which, e));
    el.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      el.setPointerCapture(e.pointerId);
      el.focus();
    });
    el.addEventListener("pointermove", (e) => {
      if (!el.hasPointerCapture(e.pointerId)) return;
      const { left, width } = this.track.getBoundingClientRect();
      this.move(which, Math.min(1, Math.max(0, (e.clientX - left) / width)));
    });
    return el;
  }

  private key(which: 0 | 1, e: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowLeft: -0.01,
      ArrowDown: -0.01,
      ArrowRight: 0.01,
      ArrowUp: 0.01,
      PageDown: -0.1,
      PageUp: 0.1,
    };
    const { group } = this;
    if (!group || e.ctrlKey || e.metaKey || e.altKey) return;
    const step = steps[e.key];
    if (step !== undefined) this.move(which, this.scale.at(group.range[which]) + step);
    else if (e.key === "Home") this.move(which, 0);
    else if (e.key === "End") this.move(which, 1);
    else if (e.key === "Delete" || e.key === "Backspace") this.setRange(null);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  /** To a place of the scale, which the other end bounds. */
  private move(which: 0 | 1, at: number): void {
    const { group, scale } = this;
    if (!group) return;
    const to = scale.value(at);
    const [low, high] = group.range;
    if (!Number.isFinite(to)) return;
    this.setRange(which === 0 ? [Math.min(to, high), high] : [low, Math.max(to, low)]);
  }

  private paint(look: Look, range: Range): void {
    const width = 256;
    const { canvas, scale } = this;
    canvas.width = width;
    canvas.height = 1;
    const context = canvas.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, 1);
    const n = look.colors.length / 3;
    const [a, b] = [scale.at(range[0]), scale.at(range[1])];
    for (let i = 0; i < width; i++) {
      const x = (i + 0.5) / width;
      const t = b > a ? (x - a) / (b - a) : Number(x > a);
      const k = 3 * Math.min(n - 1, Math.floor(Math.min(1, Math.max(0, t)) * n));
      image.data.set([look.colors[k]!, look.colors[k + 1]!, look.colors[k + 2]!, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  }

  private showEnds(range: Range, unit: string): void {
    const { scale } = this;
    this.ends.forEach((el, which) => {
      const value = range[which]!;
      el.style.left = `${100 * scale.at(value)}%`;
      const set = (name: string, v: string | number) => el.setAttribute(`aria-${name}`, `${v}`);
      set("label", which === 0 ? "Number of the first color" : "Number of the last color");
      set("valuemin", which === 0 ? scale.low : range[0]);
      set("valuemax", which === 0 ? range[1] : scale.high);
      set("valuenow", value);
      set("valuetext", `${formatted(value)}${unit && ` ${unit}`}`);
    });
  }

  private showTicks(): void {
    this.ticks.replaceChildren(
      ...ticksOf(this.scale).map((value) => {
        const el = document.createElement("span");
        el.textContent = formatted(value);
        el.style.left = `${100 * this.scale.at(value)}%`;
        return el;
      }),
    );
  }

  private showCategories({ look, places }: Group): void {
    const found = new Set<number>();
    for (const { effective } of places) {
      const values = effective?.props.scalars;
      if (!(values instanceof Float32Array)) continue;
      for (const v of values) {
        const whole = Math.floor(v + 0.5);
        if (Number.isFinite(whole)) found.add(whole);
        if (found.size > MAX_CATEGORIES) break;
      }
    }
    const n = look.colors.length / 3;
    const sorted = [...found].sort((a, b) => a - b).slice(0, MAX_CATEGORIES);
    this.list.replaceChildren(
      ...sorted.map((i) => {
        const el = document.createElement("li");
        const k = 3 * (i - n * Math.floor(i / n));
        el.textContent = categoryName(look, i);
        el.style.setProperty("--color", `rgb(${look.colors.subarray(k, k + 3).join(" ")})`);
        return el;
      }),
    );
  }
}

function categoryName(look: Look, i: number): string {
  return look.names[i] || String(i);
}
