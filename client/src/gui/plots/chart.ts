import type uPlot from "uplot";
import { list, num, numOrNull, str } from "../store/read";

type Fields = Record<string, unknown>;

/** Series of a chart; more than this is no chart that anybody reads. */
const MAX_SERIES = 256;
/** Ticks nearer than this cannot be read, and very many of them hang the page. */
const MIN_TICK_PX = 8;

const COLORS = [
  "#4c9aff",
  "#ff7452",
  "#36b37e",
  "#f5a524",
  "#9f7aea",
  "#2bc4c4",
  "#e5679a",
  "#8d99ae",
];

/** What a chart is made of, as the server sends it. */
export interface ChartProps {
  mode: unknown;
  title: unknown;
  series: unknown;
  bands: unknown;
  scales: unknown;
  axes: unknown;
  legend: unknown;
  cursor: unknown;
  focus: unknown;
  padding: unknown;
}

export interface Look {
  width: number;
  height: number;
  dark: boolean;
}

function fields(x: unknown): Fields {
  return typeof x === "object" && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x)
    ? { ...(x as Fields) }
    : {};
}

/** The columns as uPlot takes them: it knows null as a gap, and not NaN. All as long as the shortest. */
export function alignedData(data: unknown): uPlot.AlignedData {
  const columns = list(data)
    .slice(0, MAX_SERIES)
    .map((column) =>
      ArrayBuffer.isView(column) ? (column as unknown as Float64Array) : list(column),
    );
  const length = Math.min(...columns.map((column) => column.length));
  return columns.map((column) =>
    withGaps(column as ArrayLike<number>, length),
  ) as uPlot.AlignedData;
}

function withGaps(column: ArrayLike<number>, length: number): ArrayLike<number | null> {
  let gaps = false;
  for (let i = 0; i < length && !gaps; i++) gaps = !Number.isFinite(column[i]);
  if (!gaps && column.length === length) return column;
  return Array.from({ length }, (_, i) => (Number.isFinite(column[i]) ? column[i]! : null));
}

/**
 * The options for uPlot: what the server gave, under the keys that it may set, with the panel's colors where
 * it gave none, and without what would hang the page.
 */
export function chartOptions(props: ChartProps, { width, height, dark }: Look): uPlot.Options {
  const points = props.mode === 2;
  const series = list(props.series)
    .slice(0, MAX_SERIES)
    .map((given, i) => seriesOf(fields(given), i, points));
  const axes = list(props.axes).map(fields);
  const count = Math.max(axes.length, 2);
  const room = new LabelRoom();
  const options: Fields = {
    width,
    height,
    series,
    axes: Array.from({ length: count }, (_, i) => axisOf(axes[i] ?? {}, i, dark, room)),
    padding: paddingOf(props.padding, room),
  };
  const title = str(props.title);
  if (title !== "") options.title = title;
  if (Array.isArray(props.bands)) options.bands = props.bands.map(fields);
  if (props.scales) options.scales = scalesOf(fields(props.scales));
  if (props.legend) options.legend = legendOf(fields(props.legend));
  if (props.cursor) options.cursor = cursorOf(fields(props.cursor));
  if (props.focus) options.focus = { alpha: num(fields(props.focus).alpha, 0.3) };
  return options as unknown as uPlot.Options;
}

function seriesOf(given: Fields, index: number, points: boolean): Fields {
  if (index === 0) return given;
  const series: Fields = { stroke: COLORS[(index - 1) % COLORS.length], width: 1.5, ...given };
  if (series.label === undefined) series.label = `Series ${index}`;
  if (!points) return series;
  return { ...series, paths: () => null, points: { show: true, ...fields(given.points) } };
}

type Sizer = (plot: uPlot, values: unknown, index: number, cycle: number) => number;

const FONT_PX = 11;
const LINE_PX = Math.ceil(FONT_PX * 1.5);
const TICK_PX = 4;
/** From a tick to its label; uPlot's default. */
const GAP_PX = 5;

/** How much room the labels of the ticks need, so that none is cut off. */
class LabelRoom {
  /** Half of the widest label below or above the chart, which is as far as one sticks out at an end. */
  private half = 0;
  private leftWidth = 0;

  /** For an axis at the left or the right: as wide as its widest label. */
  readonly width: Sizer = (plot, values, index) => {
    const width = Math.ceil(TICK_PX + GAP_PX + 2 + widest(plot, values));
    if (plot.axes[index]?.side === LEFT) this.leftWidth = width;
    return width;
  };

  /** For an axis at the bottom or the top: as high as its lines. */
  readonly height: Sizer = (plot, values) => {
    this.half = widest(plot, values) / 2;
    const lines = Math.max(1, ...labels(values).map((label) => label.split("\n").length));
    return TICK_PX + GAP_PX + lines * LINE_PX;
  };

  /** At the right of the chart. uPlot asks for these two after it has asked the axes. */
  readonly right = (): number => Math.ceil(Math.max(8, this.half + 4));

  /** At the left, what the axis there leaves. */
  readonly left = (): number => Math.ceil(Math.max(0, this.half + 4 - this.leftWidth));
}

function labels(values: unknown): string[] {
  return list(values).map((value) => str(value));
}

/** In CSS pixels. */
function widest({ ctx }: uPlot, values: unknown): number {
  ctx.save();
  ctx.font = FONT;
  const lines = labels(values).flatMap((label) => label.split("\n"));
  const width = Math.max(0, ...lines.map((line) => ctx.measureText(line).width));
  ctx.restore();
  return width;
}

const FONT = `${FONT_PX}px system-ui, sans-serif`;

const LEFT = 3;
/** Sides as uPlot counts them: top, right, bottom, left. */
const isUpright = (side: number): boolean => side % 2 === 1;

function axisOf(given: Fields, index: number, dark: boolean, room: LabelRoom): Fields {
  const side = num(given.side, index === 0 ? 2 : 3);
  const line = { stroke: dark ? "#484848" : "#dee2e6", width: 1 };
  const axis: Fields = {
    stroke: dark ? "#c9c9c9" : "#495057",
    font: FONT,
    labelFont: FONT,
    labelSize: 18,
    gap: GAP_PX,
    // The least distance of two ticks; uPlot picks a larger one.
    ...(isUpright(side) && { space: 20 }),
    size: isUpright(side) ? room.width : room.height,
    ...given,
    grid: { ...line, ...fields(given.grid) },
    ticks: { ...line, size: TICK_PX, ...fields(given.ticks) },
  };
  if (given.space !== undefined) axis.space = Math.max(MIN_TICK_PX, num(given.space, 50));
  if (given.incrs !== undefined) axis.incrs = numbers(given.incrs).filter((step) => step > 0);
  if (given.splits !== undefined) axis.splits = numbers(given.splits).slice(0, 1000);
  return axis;
}

function scalesOf(given: Fields): Fields {
  const out: Fields = {};
  for (const [key, value] of Object.entries(given)) {
    const scale = fields(value);
    if (Array.isArray(scale.range)) {
      const [from, to] = scale.range.map(numOrNull);
      scale.range = rangeOf(from ?? null, to ?? null);
    }
    // Without its two functions, which cannot be sent, the custom scale is none.
    if (scale.distr === 100) delete scale.distr;
    out[key] = scale;
  }
  return out;
}

/** Ends that are given hold; the others follow the data. */
function rangeOf(from: number | null, to: number | null) {
  return (_: unknown, min: number | null, max: number | null): [number | null, number | null] => {
    const low = from ?? min;
    const high = to ?? max;
    // An empty or turned-around range has no ticks that could be counted.
    if (low !== null && high !== null && !(low < high)) return [low - 1, low + 1];
    return [low, high];
  };
}

function legendOf(given: Fields): Fields {
  const { mount: _, ...legend } = given;
  return legend;
}

function cursorOf(given: Fields): Fields {
  const { bind: _bind, event: _event, ...cursor } = given;
  return cursor;
}

function paddingOf(given: unknown, room: LabelRoom): (number | null | (() => number))[] {
  const sides = Array.isArray(given) ? given.map(numOrNull) : [];
  return sides.length === 4 ? sides : [8, room.right, 0, room.left];
}

function numbers(given: unknown): number[] {
  return list(given).filter((x): x is number => typeof x === "number" && Number.isFinite(x));
}
