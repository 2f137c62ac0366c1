/** View direction and orbit point of the camera, by buttons and numbers: usable without dragging. */
import { useEffect, useState } from "react";
import type { Vec3 } from "../../protocol/messages.gen";
import { useGui } from "../context";
import { Numbers } from "./editRow";

const AXES = ["X", "Y", "Z"] as const;

export function ViewTools() {
  const { scene } = useGui().options;
  const [origin, setOrigin] = useState(() => scene.settings().orbitOriginTool);
  return (
    <section className="vg-tool-section">
      <h2>Camera</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend. */}
      <div className="vg-sides" role="group" aria-label="Look from">
        {AXES.map((name, axis) =>
          ([1, -1] as const).map((sign) => (
            <button
              key={`${name}${sign}`}
              type="button"
              className="vg-plain-button"
              aria-label={`Look from ${sign > 0 ? "plus" : "minus"} ${name}`}
              onClick={() => scene.lookAlong(axis as 0 | 1 | 2, sign)}
            >
              {sign > 0 ? "+" : "−"}
              {name}
            </button>
          )),
        )}
      </div>
      <label className="vg-tool-check">
        <input
          type="checkbox"
          className="vg-checkbox"
          checked={origin}
          onChange={(e) => {
            setOrigin(e.currentTarget.checked);
            scene.configure({ orbitOriginTool: e.currentTarget.checked });
          }}
        />
        Orbit origin tool
      </label>
      {origin && <Origin />}
    </section>
  );
}

const LOOK_MS = 200;

/** The orbit point as numbers. */
function Origin() {
  const { scene } = useGui().options;
  const [point, setPoint] = useState(() => scene.lookAt());
  useEffect(() => {
    const timer = setInterval(() => {
      const now = scene.lookAt();
      setPoint((before) => (now.every((x, i) => x === before[i]) ? before : now));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [scene]);
  return (
    <Numbers
      names={AXES}
      what="Orbit origin"
      value={point}
      onChange={(next) => {
        setPoint(next as Vec3);
        scene.setLookAt(next as Vec3);
      }}
    />
  );
}
