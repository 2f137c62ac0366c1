import "uplot/dist/uPlot.min.css";
import "./plots.css";
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import { useCell, useGui } from "../context";
import { errorText } from "../errorText";
import { alignedData, chartOptions } from "../plots/chart";
import { heightFor, useWidth } from "../plots/size";
import type { ElementOf } from "../store/elements";
import { num, numOrNull, str } from "../store/read";

/** A uPlot chart. New data is drawn without creating the chart again, and keeps the user's zoom. */
export default function UplotWidget({ el }: { el: ElementOf<"GuiUplotMessage"> }) {
  const { theme } = useGui();
  const dark = useCell(theme.dark);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { data, aspect, height: fixed, order: _o, visible: _v, ...rest } = el.props;
  const height = numOrNull(fixed) ?? heightFor(width, num(aspect, 1));
  const shown = width > 0;
  const look = useStable({ ...rest });
  const place = useRef<HTMLElement>(null);
  const chart = useRef<Chart | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const columns = useMemo(() => alignedData(data), [data]);

  useEffect(() => {
    if (!shown || !place.current) return;
    try {
      chart.current = new Chart(place.current, look, dark);
      setTrouble(null);
    } catch (e) {
      setTrouble(errorText(e));
    }
    return () => {
      chart.current?.dispose();
      chart.current = null;
    };
  }, [look, dark, shown]);

  useEffect(() => {
    // Also depends on the chart: a new one has no data yet.
    void look;
    void dark;
    if (width === 0) return;
    try {
      chart.current?.show(columns, width, height);
    } catch (e) {
      chart.current?.dispose();
      setTrouble(errorText(e));
    }
  }, [columns, width, height, look, dark]);

  const title = str(rest.title);
  const points = columns[0]?.length ?? 0;
  return (
    <div ref={box} className="vg-plot">
      {trouble && (
        <p className="vg-note" role="alert">
          This chart could not be drawn: {trouble}
        </p>
      )}
      <figure
        ref={place}
        aria-label={title === "" ? "Chart" : `Chart: ${title}`}
        aria-description={`${points} points`}
        hidden={trouble !== null}
      />
    </div>
  );
}

type LookProps = Parameters<typeof chartOptions>[0];

/** uPlot with a persistent zoom, and keyboard support for the legend. */
class Chart {
  private plot: uPlot | null = null;
  private zoomed = false;

  constructor(
    readonly place: HTMLElement,
    readonly props: LookProps,
    readonly dark: boolean,
  ) {}

  show(data: uPlot.AlignedData, width: number, height: number): void {
    if (!this.plot) {
      this.make(data, width, height);
      return;
    }
    if (this.plot.width !== width || this.plot.height !== height) {
      this.plot.setSize({ width, height });
    }
    if (this.plot.data === data) return;
    this.plot.setData(data, !this.zoomed);
    if (this.zoomed) this.plot.redraw();
  }

  dispose(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private make(data: uPlot.AlignedData, width: number, height: number): void {
    const options = chartOptions(this.props, { width, height, dark: this.dark });
    options.hooks = {
      setSelect: [
        (plot) => {
          if (plot.select.width > 0 || plot.select.height > 0) this.zoomed = true;
        },
      ],
    };
    if (data.length !== options.series.length) {
      throw new Error(`it has ${data.length} columns of data, and ${options.series.length} series`);
    }
    this.plot = new uPlot(options, data, this.place);
    this.plot.over.addEventListener("dblclick", () => {
      this.zoomed = false;
    });
    legendByKeyboard(this.plot);
  }
}

/** Legend entries toggle their series; uPlot itself supports only the mouse. */
function legendByKeyboard(plot: uPlot): void {
  const heads = plot.root.querySelectorAll<HTMLElement>(".u-legend .u-series th");
  heads.forEach((head, i) => {
    if (i === 0) return;
    head.tabIndex = 0;
    head.ariaLabel = `${head.textContent}: show or hide`;
    head.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      head.click();
    });
  });
}

/** Keeps the identity of an object while its entries are the same: appended points do not change the options. */
function useStable<T extends Record<string, unknown>>(next: T): T {
  const kept = useRef(next);
  const keys = Object.keys(next);
  const same =
    keys.length === Object.keys(kept.current).length &&
    keys.every((key) => Object.is(kept.current[key], next[key]));
  if (!same) kept.current = next;
  return kept.current;
}
