import type uPlot from "uplot";
import { list, num, numOrNull, str } from "../store/read";

type Fields = Record<string, unknown>;

/** Safety limit: maximum number of series. */
const MAX_SERIES = 256;
/** Minimum distance of ticks: very many of them would block the page. */
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

/** Properties of a chart as sent by the server. */
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

/** The columns for uPlot, which uses null for gaps, not NaN. All are cut to the length of the shortest. */
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
 * The options for uPlot: the server's values of allowed keys, with the panel's colors as defaults, and without
 * values that would block the page.
 */
export function chartOptions(props: ChartProps, { width, height, dark }: Look): uPlot.Options {
  const points = props.mode === 2;
  const series = list(props.series)
    .slice(0, MAX_SERIES)
    .map((given, i) => seriesOf(fields(given), i, points));
  const axes = list(props.axes).map(fields);
  const count = Math.max(axes.length, 2);
  const space = new LabelSpace();
  const options: Fields = {
    width,
    height,
    series,
    axes: Array.from({ length: count }, (_, i) => axisOf(axes[i] ?? {}, i, dark, space)),
    padding: paddingOf(props.padding, space),
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
/** Gap between a tick and its label; uPlot's default. */
const GAP_PX = 5;

/** Measures tick labels, so that none is cut off. */
class LabelSpace {
  /** Half the width of the widest label below or above the chart, by which it may overhang. */
  private half = 0;
  private leftWidth = 0;

  /** Width of an axis at the left or right: that of its widest label. */
  readonly width: Sizer = (plot, values, index) => {
    const width = Math.ceil(TICK_PX + GAP_PX + 2 + widest(plot, values));
    if (plot.axes[index]?.side === LEFT) this.leftWidth = width;
    return width;
  };

  /** Height of an axis at the bottom or top: that of its lines. */
  readonly height: Sizer = (plot, values) => {
    this.half = widest(plot, values) / 2;
    const lines = Math.max(1, ...labels(values).map((label) => label.split("\n").length));
    return TICK_PX + GAP_PX + lines * LINE_PX;
  };

  /** Padding at the right. uPlot calls these two after the axes' sizes. */
  readonly right = (): number => Math.ceil(Math.max(8, this.half + 4));

  /** Padding at the left, beyond the axis there. */
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

function axisOf(given: Fields, index: number, dark: boolean, space: LabelSpace): Fields {
  const side = num(given.side, index === 0 ? 2 : 3);
  const line = { stroke: dark ? "#484848" : "#dee2e6", width: 1 };
  const axis: Fields = {
    stroke: dark ? "#c9c9c9" : "#495057",
    font: FONT,
    labelFont: FONT,
    labelSize: 18,
    gap: GAP_PX,
    // Minimum distance of two ticks.
    ...(isUpright(side) && { space: 20 }),
    size: isUpright(side) ? space.width : space.height,
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
    // A custom scale needs two functions, which cannot be sent.
    if (scale.distr === 100) delete scale.distr;
    out[key] = scale;
  }
  return out;
}

/** Given ends are fixed; the others follow the data. */
function rangeOf(from: number | null, to: number | null) {
  return (_: unknown, min: number | null, max: number | null): [number | null, number | null] => {
    const low = from ?? min;
    const high = to ?? max;
    // An empty or reversed range would have no ticks.
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

function paddingOf(given: unknown, space: LabelSpace): (number | null | (() => number))[] {
  const sides = Array.isArray(given) ? given.map(numOrNull) : [];
  return sides.length === 4 ? sides : [8, space.right, 0, space.left];
}

function numbers(given: unknown): number[] {
  return list(given).filter((x): x is number => typeof x === "number" && Number.isFinite(x));
}
