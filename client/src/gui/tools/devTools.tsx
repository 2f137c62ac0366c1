/** Developer tools: rendering statistics, pixel ratio, camera. */
import { useEffect, useState } from "react";
import type { SceneStats } from "../../contract";
import { useGui } from "../context";
import { EditRow } from "./editRow";

/** Does not read the scene while closed. */
export function DevTools() {
  const [open, setOpen] = useState(false);
  return (
    <details className="vg-tool-section" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>Developer</summary>
      {open && (
        <>
          <Settings />
          <Numbers />
        </>
      )}
    </details>
  );
}

const RATIOS = ["0.5", "1", "1.5", "2", "3"];
/** Label of a ratio from the URL that is not in the list. */
const listed = (ratio: number | null) =>
  ratio === null || RATIOS.includes(String(ratio)) ? RATIOS : [String(ratio), ...RATIOS];

function Settings() {
  const { scene } = useGui().options;
  const [settings, set] = useState(() => scene.settings());
  const change = (next: Partial<typeof settings>) => {
    scene.configure(next);
    set(scene.settings());
  };
  return (
    <>
      <EditRow label="Sharpness" doc="Device pixels per CSS pixel" reset={null}>
        {(id) => (
          <select
            id={id}
            className="vg-field"
            value={settings.fixedDpr === null ? "" : String(settings.fixedDpr)}
            onChange={(e) => {
              const text = e.currentTarget.value;
              change({ fixedDpr: text === "" ? null : Number(text) });
            }}
          >
            <option value="">As the screen</option>
            {listed(settings.fixedDpr).map((ratio) => (
              <option key={ratio} value={ratio}>
                {ratio} ×
              </option>
            ))}
          </select>
        )}
      </EditRow>
      <label className="vg-tool-check" data-hint="As parameters for this page's address">
        <input
          type="checkbox"
          className="vg-checkbox"
          checked={settings.logCamera}
          onChange={(e) => change({ logCamera: e.currentTarget.checked })}
        />
        Log the camera to the console
      </label>
    </>
  );
}

const EVERY_MS = 500;

function Numbers() {
  const { scene } = useGui().options;
  const [{ stats, perSecond }, set] = useState(() => ({ stats: scene.stats(), perSecond: 0 }));
  useEffect(() => {
    let before = { frames: scene.stats().frames, at: performance.now() };
    const timer = setInterval(() => {
      const now = performance.now();
      const next = scene.stats();
      const rate = ((next.frames - before.frames) * 1000) / (now - before.at);
      before = { frames: next.frames, at: now };
      set({ stats: next, perSecond: rate });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [scene]);
  return (
    <dl className="vg-stats">
      <div>
        <dt>Frames per second</dt>
        <dd>{perSecond.toFixed(0)}</dd>
      </div>
      {STATS.map(([key, name, places]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{stats[key].toLocaleString("en", { maximumFractionDigits: places })}</dd>
        </div>
      ))}
    </dl>
  );
}

const STATS: readonly (readonly [keyof SceneStats, string, number])[] = [
  ["frameMs", "Script per frame, ms", 1],
  ["drawCalls", "Draw calls", 0],
  ["triangles", "Triangles", 0],
  ["nodes", "Nodes", 0],
  ["geometries", "Geometries", 0],
  ["textures", "Textures", 0],
  ["programs", "Shader programs", 0],
  ["pixelRatio", "Pixel ratio", 2],
];
