import "./plots.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { useCell, useGui } from "../context";
import { errorText } from "../errorText";
import { applyTheme, type Figure, parseFigure, titleOf } from "../plots/figure";
import { loadPlotly } from "../plots/plotlyLibrary";
import { heightFor, useWidth } from "../plots/size";
import type { ElementOf } from "../store/elements";
import { num, str } from "../store/read";

/** A Plotly figure. The library is loaded with the first one. */
export function PlotlyWidget({ el }: { el: ElementOf<"GuiPlotlyMessage"> }) {
  const { theme } = useGui();
  const dark = useCell(theme.dark);
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const height = heightFor(width, num(el.props.aspect, 1));
  const source = str(el.props._plotly_json_str);
  const parsed = useMemo(() => read(source), [source]);
  const { figure } = parsed;
  const [trouble, setTrouble] = useState<string | null>(null);

  useEffect(() => {
    const element = plot.current;
    if (!element || !figure || width === 0) return;
    let gone = false;
    const draw = async () => {
      const plotly = await loadPlotly();
      if (gone) return;
      // Plotly modifies its arguments, so each call gets a copy.
      const { data, layout, config } = applyTheme(structuredClone(figure), { width, height, dark });
      await plotly.react(element, data, layout, config);
    };
    draw().then(
      () => !gone && setTrouble(null),
      (e: unknown) => !gone && setTrouble(errorText(e)),
    );
    return () => {
      gone = true;
    };
  }, [figure, width, height, dark]);

  useEffect(() => {
    const element = plot.current;
    return () => {
      if (element) window.Plotly?.purge(element);
    };
  }, []);

  const error = parsed.error ?? trouble;
  return (
    <div ref={box} className="vg-plot">
      {error && (
        <p className="vg-note" role="alert">
          This plot could not be drawn: {error}
        </p>
      )}
      <figure
        ref={plot}
        aria-label={titleOf(figure)}
        hidden={error !== null || figure === null}
        style={{ minHeight: figure ? height : 0 }}
      />
    </div>
  );
}

function read(source: string): { figure: Figure | null; error: string | null } {
  try {
    return { figure: parseFigure(source), error: null };
  } catch (e) {
    return { figure: null, error: errorText(e) };
  }
}
