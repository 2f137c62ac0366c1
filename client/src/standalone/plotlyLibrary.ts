/** In exported pages, instead of gui/plots/plotlyLibrary.ts: the library is a part of the file. */
import type { Plotly } from "../gui/plots/plotlyLibrary";

let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= run();
  return loading;
}

async function run(): Promise<Plotly> {
  const found = await window.viserStandalone?.run("plotly");
  if (window.Plotly) return window.Plotly;
  throw new Error(
    found ? "The plot library did not start." : "This file was exported without the plot library.",
  );
}
