/** A figure for Plotly. */
export interface Figure {
  data: unknown[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
}

/** A figure with more characters than this is refused (safety limit). */
const MAX_CHARS = 50 * 2 ** 20;

type Fields = Record<string, unknown>;

function fields(x: unknown): Fields {
  return typeof x === "object" && x !== null && !Array.isArray(x) ? (x as Fields) : {};
}

/** Parses a figure; null for empty text. Throws a user-facing error. */
export function parseFigure(text: string): Figure | null {
  if (text === "") return null;
  if (text.length > MAX_CHARS) throw new Error("The figure is too large.");
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error("The figure is not JSON.");
  }
  const { data, layout, config } = fields(given);
  if (data !== undefined && data !== null && !Array.isArray(data)) {
    throw new Error("The figure's data is not a list.");
  }
  return { data: (data as unknown[] | null) ?? [], layout: fields(layout), config: fields(config) };
}

export interface Look {
  width: number;
  height: number;
  dark: boolean;
}

/** Disables everything for which the library would contact other hosts. */
const LOCAL_ONLY = {
  plotlyServerURL: "",
  topojsonURL: "",
  showSendToCloud: false,
  showEditInChartStudio: false,
  showLink: false,
  displaylogo: false,
};

/**
 * Layout and config to draw with: the panel's size, and its colors as defaults. A figure of plotly.py always has a
 * template, and keeps its colors.
 */
export function applyTheme(figure: Figure, { width, height, dark }: Look): Figure {
  const { layout } = figure;
  const titled = fields(layout.title).text !== undefined || typeof layout.title === "string";
  return {
    data: figure.data,
    layout: {
      template: themed(dark),
      margin: { l: 44, r: 16, t: titled ? 44 : 16, b: 40 },
      ...layout,
      autosize: false,
      width,
      height,
    },
    config: { displayModeBar: "hover", ...figure.config, ...LOCAL_ONLY, responsive: false },
  };
}

function themed(dark: boolean): Fields {
  const ink = dark ? "#c9c9c9" : "#343a40";
  const line = dark ? "#484848" : "#dee2e6";
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true };
  const axis3 = { ...axis, backgroundcolor: "rgba(0,0,0,0)", showbackground: false };
  return {
    layout: {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink, size: 11 },
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: axis3, yaxis: axis3, zaxis: axis3 },
    },
  };
}

/** The accessible name of the plot. */
export function titleOf(figure: Figure | null): string {
  const { title } = figure?.layout ?? {};
  const text = typeof title === "string" ? title : fields(title).text;
  return typeof text === "string" && text !== "" ? `Plot: ${text.replace(/<[^>]*>/g, "")}` : "Plot";
}
