import source from "plotly.js-strict-dist-min/plotly-strict.min.js?url";

/** The part of the library that is used. */
export interface Plotly {
  react(
    element: HTMLElement,
    data: unknown[],
    layout: Record<string, unknown>,
    config: Record<string, unknown>,
  ): Promise<unknown>;
  purge(element: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}

let loading: Promise<Plotly> | null = null;

/**
 * Loads Plotly from the page's own server. The strict bundle has all kinds of plots and works without eval, which
 * the page's policy forbids. It is a separate file of five megabytes, which is not bundled.
 */
export function loadPlotly(): Promise<Plotly> {
  loading ??= new Promise<Plotly>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => {
      if (window.Plotly) resolve(window.Plotly);
      else reject(new Error("The plot library did not start."));
    };
    script.onerror = () => {
      // The next plot retries.
      loading = null;
      script.remove();
      reject(new Error("The plot library could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}
