import { useEffect, useState } from "react";
import type { SceneStats } from "../../app/contract";
import { useCell, useGui } from "../context";
import { Icon } from "../icons";
import type { DarkChoice } from "../theme-state";
import { Choice } from "./choice";
import { SceneTree } from "./scene-tree";

const LOOKS: readonly (readonly [DarkChoice, string])[] = [
  ["program", "Program"],
  ["light", "Light"],
  ["dark", "Dark"],
];

type Place = "float" | "left" | "right";
const PLACES: readonly (readonly [Place, string])[] = [
  ["left", "Left"],
  ["float", "Floating"],
  ["right", "Right"],
];

/** The page's own tools, in the panel in place of the program's controls. */
export function Tools({ phone }: { phone: boolean }) {
  const { options, panel, theme } = useGui();
  const { scene, params } = options;
  const choice = useCell(theme.choice);
  const placement = useCell(panel.placement);
  return (
    <div className="vg-body vg-tools">
      <div className="vg-tool-buttons">
        <button type="button" className="vg-plain-button" onClick={() => scene.resetView()}>
          <Icon name="home" />
          Reset view
        </button>
        <button type="button" className="vg-plain-button" onClick={() => scene.saveCanvas()}>
          <Icon name="camera" />
          Save picture
        </button>
      </div>
      {!params.hideSceneTree && (
        <section className="vg-tool-section">
          <h2>Scene</h2>
          <SceneTree phone={phone} />
        </section>
      )}
      <section className="vg-tool-section">
        <h2>Page</h2>
        <Choice
          label="Colours"
          options={LOOKS}
          value={choice}
          onChange={(next) => theme.choice.set(next)}
        />
        {!phone && (
          <Choice
            label="Panel"
            options={PLACES}
            value={placement.mode === "dock" ? placement.side : "float"}
            onChange={(next) => (next === "float" ? panel.float() : panel.dock(next))}
          />
        )}
      </section>
      <Statistics />
    </div>
  );
}

function Statistics() {
  const [open, setOpen] = useState(false);
  return (
    <details className="vg-tool-section" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>Statistics</summary>
      {open && <Numbers />}
    </details>
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
        <dt>Frames drawn a second</dt>
        <dd>{perSecond.toFixed(0)}</dd>
      </div>
      {STATS.map(([key, name]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{stats[key].toLocaleString("en")}</dd>
        </div>
      ))}
    </dl>
  );
}

const STATS: readonly (readonly [keyof SceneStats, string])[] = [
  ["nodes", "Nodes"],
  ["drawCalls", "Draw calls"],
  ["triangles", "Triangles"],
  ["geometries", "Geometries"],
  ["textures", "Textures"],
  ["programs", "Shader programs"],
];
