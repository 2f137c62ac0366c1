import { describe, expect, test } from "vitest";
import { alignedData, chartOptions } from "./chart";
import { dress, parseFigure, titleOf } from "./figure";
import { heightFor } from "./size";

const LOOK = { width: 300, height: 200, dark: false };

describe("a figure", () => {
  test("is read, or says what is wrong", () => {
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

  test("keeps what it says of itself, and calls no other host", () => {
    const figure = parseFigure(
      '{"layout":{"template":"t","margin":{"l":1},"width":9000},"config":{"scrollZoom":true,"plotlyServerURL":"https://evil.example","showSendToCloud":true}}',
    )!;
    const { layout, config } = dress(figure, LOOK);
    expect(layout).toMatchObject({ template: "t", margin: { l: 1 }, width: 300, height: 200 });
    expect(config).toMatchObject({ scrollZoom: true, plotlyServerURL: "", showSendToCloud: false });
  });

  test("is told to screen readers without its markup", () => {
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

  test("has null where there is no number, and columns of one length", () => {
    const x = new Float64Array([1, 2, 3]);
    expect(alignedData([x, new Float64Array([1, Number.NaN, 3])])).toEqual([x, [1, null, 3]]);
    expect(alignedData([x, new Float64Array([1, 2])])).toEqual([[1, 2], new Float64Array([1, 2])]);
    expect(alignedData([x])[0], "what needs no change is not copied").toBe(x);
    expect(alignedData([[], []])).toEqual([[], []]);
  });

  test("keeps its own colors and gets others where it has none", () => {
    const series = options({}).series as unknown as { stroke?: string }[];
    expect(series[0]).toEqual({});
    expect(series[1]!.stroke).toBe("red");
    expect(series[2]!.stroke).toMatch(/^#/);
  });

  test("takes no option that would hang the page, and none that would run", () => {
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

  test("is never without height", () => {
    expect([
      heightFor(300, 1.5),
      heightFor(300, 0),
      heightFor(300, 1e9),
      heightFor(300, 1e-9),
    ]).toEqual([200, 300, 40, 4000]);
  });
});
