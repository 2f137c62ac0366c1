import { describe, expect, test } from "vitest";
import { alignedData, chartOptions } from "./chart";
import { applyTheme, parseFigure, titleOf } from "./figure";
import { heightFor } from "./size";

const LOOK = { width: 300, height: 200, dark: false };

describe("a figure", () => {
  test("is parsed, or fails with a message", () => {
    expect(parseFigure("")).toBeNull();
    expect(parseFigure("{}")).toEqual({ data: [], layout: {}, config: {} });
    expect(parseFigure('{"data":[1],"layout":[],"config":3}')).toEqual({
      data: [1],
      layout: {},
      config: {},
    });
    expect(() => parseFigure("{")).toThrow("The figure is not JSON.");
    expect(() => parseFigure('{"data":3}')).toThrow("not a list");
  });

  test("keeps its own layout, and contacts no other host", () => {
    const figure = parseFigure(
      '{"layout":{"template":"t","margin":{"l":1},"width":9000},"config":{"scrollZoom":true,"plotlyServerURL":"https://evil.example","showSendToCloud":true}}',
    )!;
    const { layout, config } = applyTheme(figure, LOOK);
    expect(layout).toMatchObject({ template: "t", margin: { l: 1 }, width: 300, height: 200 });
    expect(config).toMatchObject({ scrollZoom: true, plotlyServerURL: "", showSendToCloud: false });
  });

  test("has an accessible name without markup", () => {
    expect(titleOf(parseFigure('{"layout":{"title":{"text":"<b>A</b> title"}}}'))).toBe(
      "Plot: A title",
    );
    expect(titleOf(parseFigure('{"layout":{"title":"text"}}'))).toBe("Plot: text");
    expect(titleOf(null)).toBe("Plot");
  });
});

describe("a chart", () => {
  const props = {
    mode: null,
    title: null,
    series: [{}, { stroke: "red" }, {}],
    bands: null,
    scales: null,
    axes: null,
    legend: null,
    cursor: null,
    focus: null,
    padding: null,
  };
  const options = (given: object) =>
    chartOptions({ ...props, ...given }, LOOK) as unknown as Record<string, never[]>;

  test("has null for missing numbers, and columns of equal length", () => {
    const x = new Float64Array([1, 2, 3]);
    expect(alignedData([x, new Float64Array([1, Number.NaN, 3])])).toEqual([x, [1, null, 3]]);
    expect(alignedData([x, new Float64Array([1, 2])])).toEqual([[1, 2], new Float64Array([1, 2])]);
    expect(alignedData([x])[0], "what needs no change is not copied").toBe(x);
    expect(alignedData([[], []])).toEqual([[], []]);
  });

  test("the axes have space for their labels, and the last label may overhang at the right edge", () => {
    const { axes, padding } = options({ axes: [{}, {}, { side: 1 }, { size: 99 }] }) as unknown as {
      axes: { size: unknown }[];
      padding: unknown[];
    };
    const ctx = {
      font: "",
      save() {},
      restore() {},
      measureText: (text: string) => ({ width: text.length * 10 }),
    };
    const size = (i: number, values: unknown) =>
      (axes[i]!.size as (plot: unknown, values: unknown, index: number) => number)(
        { ctx, axes: [{ side: 2 }, { side: 3 }, { side: 1 }] },
        values,
        i,
      );
    expect(size(1, ["0", "-10,000"])).toBe(81);
    expect(size(2, ["0", "-10,000"]), "an axis on the right").toBe(81);
    expect(size(1, null), "before it has any").toBe(11);
    expect(axes[3]!.size, "what the program sets holds").toBe(99);
    const right = padding[1] as () => number;
    const oneLine = size(0, ["0", "100,000"]);
    expect(right()).toBe(39);
    const left = padding[3] as () => number;
    expect(left()).toBe(28);
    size(1, ["0", "-10,000"]);
    expect(left(), "the axis there is wide enough").toBe(0);
    expect(size(0, [":00\n1/1/70"])).toBeGreaterThan(oneLine);
  });

  test("shows numbers if x is not a time", () => {
    const { scales } = options({ scales: { x: { time: false } } });
    expect(scales).toEqual({ x: { time: false } });
  });

  test("keeps its own colors, and gets default ones otherwise", () => {
    const series = options({}).series as unknown as { stroke?: string }[];
    expect(series[0]).toEqual({});
    expect(series[1]!.stroke).toBe("red");
    expect(series[2]!.stroke).toMatch(/^#/);
  });

  test("ignores options that would block the page or run code", () => {
    const { axes, scales } = options({
      axes: [{ incrs: [0, -1, 5], space: 0, splits: [1, "x", Number.NaN] }],
      scales: { y: { distr: 100, range: [5, -5] }, x: { range: [null, 7] } },
    }) as unknown as {
      axes: Record<string, unknown>[];
      scales: Record<
        string,
        { range: (u: null, a: number, b: number) => number[]; distr?: number }
      >;
    };
    expect(axes[0]).toMatchObject({ incrs: [5], space: 8, splits: [1] });
    expect(scales.y!.distr).toBeUndefined();
    expect(scales.y!.range(null, 0, 1)).toEqual([4, 6]);
    expect(scales.x!.range(null, 0, 1)).toEqual([0, 7]);
    const cursor = options({ cursor: { bind: {}, event: {}, lock: true } }).cursor;
    expect(cursor).toEqual({ lock: true });
    for (const bad of [3, "x", [], null]) {
      expect(() => options({ series: bad, axes: bad, scales: bad, padding: bad })).not.toThrow();
    }
  });

  test("always has a height", () => {
    expect([
      heightFor(300, 1.5),
      heightFor(300, 0),
      heightFor(300, 1e9),
      heightFor(300, 1e-9),
    ]).toEqual([200, 300, 40, 4000]);
  });
});
