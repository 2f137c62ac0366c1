/** "Why is it slow": what this page and its connection do, with advice. Measures only while it is shown. */
import "./slow.css";
import { useEffect, useState } from "react";
import type { SceneView } from "../../contract";
import { type Gui, useGui } from "../context";
import { drawCost, type Measures, type Row, rowsOf, size } from "./advice";
import { byKind, heaviest, type NodeWeight, Received, watchFetches, weighScene } from "./weights";

const EVERY_MS = 1000;
const HEAVIEST = 10;
const MOST_NODES = 20_000;
/** With more nodes than this, they are weighed only once. */
const REWEIGH_NODES = 2000;
/** An interval between two frames of the browser that is later than one frame at 60 Hz. */
const LATE_MS = 25;

interface Report {
  rows: Row[];
  kinds: [string, number][];
  nodes: NodeWeight[];
}

export default function SlowPanel() {
  const gui = useGui();
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => watch(gui, setReport), [gui]);
  if (!report) return <p className="vg-note">Measuring …</p>;
  return (
    <div className="vg-slow">
      <dl>
        {report.rows.map((row) => (
          <Line key={row.label} {...row} />
        ))}
      </dl>
      <List
        title="Data by kind of node"
        lines={report.kinds.map(([kind, bytes]) => [kind, size(bytes)])}
      />
      <List title="Heaviest nodes" lines={report.nodes.map((node) => [node.path, costs(node)])} />
    </div>
  );
}

type LineProps = Pick<Row, "label" | "value"> & Partial<Row>;

function costs(node: NodeWeight): string {
  const rate = node.bytesPerSecond > 0 ? `${size(node.bytesPerSecond)}/s` : "";
  return [size(node.bytes), rate, drawCost(node)].filter(Boolean).join(", ");
}

function Line({ label, value, advice = null, missing = null }: LineProps) {
  return (
    <div className="vg-slow-row">
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
      {advice && <p className="vg-slow-advice">{advice}</p>}
      {missing && <p className="vg-slow-missing">{missing}</p>}
    </div>
  );
}

function List({ title, lines }: { title: string; lines: (readonly [string, string])[] }) {
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 && <p className="vg-note">The scene has no nodes.</p>}
      <dl>
        {lines.map(([label, value]) => (
          <Line key={label} label={label} value={value} />
        ))}
      </dl>
    </>
  );
}

/** Measures until the returned function is called. */
function watch(gui: Gui, report: (r: Report) => void): () => void {
  const { scene, connection, drawsInSoftware } = gui.options;
  const software = drawsInSoftware();
  const cadence = watchFrames();
  const extended = () => connection.get().dialect === "viser-go.v1";
  const url = checkUrl(connection.get().server ?? "");
  const trip = watchRoundTrip(url, extended);
  let received = new Received();
  let weights = weighScene(scene, MOST_NODES);
  let before = { frames: scene.stats().frames, at: performance.now() };
  const stopFetches = watchFetches(connection, () => received);
  gui.tap.listener = (messages) => received.add(messages);
  const ask = () => {
    if (extended()) gui.options.send({ type: "ClientStatsRequestMessage" });
  };
  ask();
  const timer = setInterval(() => {
    const now = performance.now();
    const seconds = (now - before.at) / 1000;
    const stats = scene.stats();
    if (weights.length <= REWEIGH_NODES) weights = weighScene(scene, MOST_NODES);
    const nodes = heaviest(weights, received, seconds);
    const measures: Measures = {
      framesPerSecond: (stats.frames - before.frames) / seconds,
      ...drawn(stats),
      late: cadence.late(),
      updatesPerSecond: received.steps / seconds,
      bytesPerSecond: received.bytes / seconds,
      arrays: connection.get().arrays ?? null,
      droppedPerSecond: received.dropped(seconds),
      extended: extended(),
      roundTripMs: trip.ms(),
      elsewhere: url === null,
      pendingBytes: connection.get().bytesPending ?? 0,
      software,
      heaviest: nodes[0] ?? null,
    };
    before = { frames: stats.frames, at: now };
    received = received.next();
    ask();
    report({ rows: rowsOf(measures), kinds: byKind(weights), nodes: nodes.slice(0, HEAVIEST) });
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    gui.tap.listener = null;
    stopFetches();
    cadence.stop();
    trip.stop();
  };
}

function drawn({ frameMs, drawCalls, triangles, pixelRatio }: ReturnType<SceneView["stats"]>) {
  return { frameMs, drawCalls, triangles, pixelRatio };
}

/** The share of late frames of the browser since the last call. */
function watchFrames(): { late: () => number; stop: () => void } {
  let frames = 0;
  let lateFrames = 0;
  let last = performance.now();
  let request = requestAnimationFrame(function frame(now) {
    frames++;
    if (now - last > LATE_MS) lateFrames++;
    last = now;
    request = requestAnimationFrame(frame);
  });
  return {
    late: () => {
      const share = frames > 0 ? lateFrames / frames : 0;
      frames = 0;
      lateFrames = 0;
      return share;
    },
    stop: () => cancelAnimationFrame(request),
  };
}

const TRIP_EVERY_MS = 2000;

/** The time of a small request to the server, if it serves this page and has a response; upstream viser's has none. */
function watchRoundTrip(
  url: string | null,
  responds: () => boolean,
): { ms: () => number | null; stop: () => void } {
  let last: number | null = null;
  const aborted = new AbortController();
  const measure = async () => {
    if (!url || !responds()) return;
    const began = performance.now();
    try {
      const response = await fetch(url, { method: "POST", signal: aborted.signal });
      last = response.ok ? performance.now() - began : null;
    } catch {
      last = null; // no response: nothing was measured
    }
  };
  void measure();
  const timer = setInterval(() => void measure(), TRIP_EVERY_MS);
  return {
    ms: () => last,
    stop: () => {
      clearInterval(timer);
      aborted.abort();
    },
  };
}

/** null: another server than that of this page, which browsers do not let it ask. */
function checkUrl(server: string): string | null {
  try {
    const url = new URL("connection-check", server.replace(/^ws/, "http"));
    return url.host === location.host ? url.href : null;
  } catch {
    return null;
  }
}
