/** The rows of "Why is it slow": values, and a sentence of advice for those that are bad. */
import type { NodeWeight } from "./weights";

export interface Measures {
  /** Frames that the page drew per second; 0 while nothing changes. */
  framesPerSecond: number;
  /** Milliseconds of script in the last frame. */
  frameMs: number;
  /** The share of the browser's frames that came late, 0 to 1. */
  late: number;
  updatesPerSecond: number;
  bytesPerSecond: number;
  /** Large arrays that are under way; null: none. */
  arrays: { loaded: number; total: number } | null;
  /** Whether the server has the extensions of Viser for Go. */
  extended: boolean;
  /** null: not measured. */
  roundTripMs: number | null;
  /** Browsers do not let the page ask its server, as another one serves the page. */
  elsewhere: boolean;
  /** Steps per second that the server merged into later ones; null: it does not say. */
  droppedPerSecond: number | null;
  /** Received but not yet shown. */
  pendingBytes: number;
  software: boolean;
  drawCalls: number;
  triangles: number;
  pixelRatio: number;
  heaviest: NodeWeight | null;
}

export interface Row {
  label: string;
  value: string;
  /** null: the value is fine. */
  advice: string | null;
  /** Why there is no value; null: there is one. */
  missing: string | null;
}

const LATE = 0.1;

export function rowsOf(m: Measures): Row[] {
  return [
    row("Drawing", m.software ? "without a graphics card" : "by the graphics card", drawing(m)),
    row("Frames drawn", `${m.framesPerSecond.toFixed(0)} /s`, null),
    row("Frames late", percent(m.late), lateness(m)),
    row("Script per frame", `${m.frameMs.toFixed(1)} ms`, script(m)),
    row("Draw calls", count(m.drawCalls), calls(m)),
    row("Triangles", count(m.triangles), triangles(m)),
    row("Updates", `${m.updatesPerSecond.toFixed(0)} /s`, null),
    row("Received", `${size(m.bytesPerSecond)}/s`, received(m)),
    m.droppedPerSecond === null
      ? without("Dropped steps", "not known", unreported(m))
      : row("Dropped steps", `${m.droppedPerSecond.toFixed(0)} /s`, dropped(m)),
    row("Waiting to be shown", size(m.pendingBytes), pending(m)),
    m.roundTripMs === null
      ? without("Round trip", "not measured", unmeasured(m))
      : row("Round trip", ms(m.roundTripMs), trip(m)),
  ];
}

function row(label: string, value: string, advice: string | null): Row {
  return { label, value, advice, missing: null };
}

function without(label: string, value: string, missing: string): Row {
  return { label, value, advice: null, missing };
}

function unreported(m: Measures): string {
  return m.extended
    ? "The server has not reported it yet."
    : "A Python server of viser does not report it.";
}

function unmeasured(m: Measures): string {
  if (!m.extended) return "A Python server of viser has no response for it.";
  return m.elsewhere
    ? "This page comes from another server: the browser does not let it measure."
    : "The server has not responded yet.";
}

function drawing(m: Measures): string | null {
  if (!m.software) return null;
  return "Turn on “hardware acceleration” in the browser's settings; without it drawing is many times slower.";
}

function lateness(m: Measures): string | null {
  if (m.late <= LATE) return null;
  if (m.software) return "The processor draws, see above.";
  if (m.frameMs > 12) return "The page's script takes too long per frame; see the rows below.";
  if (m.pixelRatio > 1) return "Lower “Sharpness” under Developer: fewer pixels are drawn.";
  return "The browser or the graphics card is busy: close other pages, or make this window smaller.";
}

function script(m: Measures): string | null {
  // Without a graphics card this is the time of drawing; and a single frame may take long for any reason.
  if (m.frameMs <= 12 || m.software || m.framesPerSecond < 5) return null;
  if (m.drawCalls < 200) return "The processor is busy: close other programs and pages.";
  return "Add many equal objects as one batched node, and move nodes less often.";
}

function calls(m: Measures): string | null {
  if (m.drawCalls <= 2000) return null;
  return "Combine nodes: one point cloud or one batched mesh instead of many small ones.";
}

function triangles(m: Measures): string | null {
  if (m.triangles <= 10_000_000) return null;
  return "Simplify the meshes, or hide some in the scene tree.";
}

function received(m: Measures): string | null {
  if (m.bytesPerSecond <= 20e6) return m.arrays && underWay(m.arrays);
  const heavy = m.heaviest;
  if (heavy && heavy.bytesPerSecond > m.bytesPerSecond / 2)
    return `Most of it is ${heavy.path}: send it less often, change only a range of it, or use half floats.`;
  return "Send arrays less often, or change only ranges of them.";
}

function underWay({ loaded, total }: { loaded: number; total: number }): string {
  return `${size(total - loaded)} of large arrays are under way, as fast as the network lets them: use a cable or a nearer server, send fewer points, or use half floats.`;
}

function dropped(m: Measures): string | null {
  if (m.droppedPerSecond === null || m.droppedPerSecond < 1) return null;
  return "The network or this page is slower than the updates, so some are shown together: send less, or less often.";
}

function pending(m: Measures): string | null {
  if (m.pendingBytes <= 4e6) return null;
  return "The server sends faster than this page can show: steps are merged. Send less, or less often.";
}

function trip(m: Measures): string | null {
  if (m.roundTripMs === null || m.roundTripMs <= 150) return null;
  return "The network is slow: use a cable or a nearer server. Clicks and sliders respond only after this time.";
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function count(n: number): string {
  return n.toLocaleString("en", { maximumFractionDigits: 0 });
}

function ms(n: number): string {
  return n < 10 ? `${n.toFixed(1)} ms` : `${n.toFixed(0)} ms`;
}

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes.toFixed(0)} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What a node draws, as a text. */
export function drawCost(weight: NodeWeight): string {
  if (weight.triangles > 0) return `${count(weight.triangles)} triangles`;
  return weight.points > 0 ? `${count(weight.points)} points` : "";
}
