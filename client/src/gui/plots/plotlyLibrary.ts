import source from "plotly.js-strict-dist-min/plotly-strict.min.js?url";

/** What of the library is used here. */
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
 * The library, from our own server. It is the strict bundle: all kinds of plots, made without eval, which the
 * page's policy forbids. As a file of its own, since it is five megabytes that say nothing to a bundler.
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
      // The next plot tries again.
      loading = null;
      script.remove();
      reject(new Error("The plot library could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}
