import "./tools.css";
import { memo, useRef } from "react";
import { useCell, useGui } from "../context";
import { Icon } from "../icons";
import { dockedAt } from "../panel/arrangement";
import { CONTROL_PANEL } from "../panel/panelState";
import { SlowSection } from "../slow/slowSection";
import type { DarkChoice } from "../themeState";
import { Choice } from "./choice";
import { DevTools } from "./devTools";
import { LooksTools } from "./looksTools";
import { SceneTree } from "./sceneTree";
import { ViewTools } from "./viewTools";

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

interface ToolsProps {
  phone: boolean;
}

/** What dropping a file on the page does, for those who can't. */
function OpenFile({ open }: { open: (files: Iterable<File>) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const taken = useCell(useGui().options.takenFiles);
  const what = taken ? "Open a file" : "Open a recording";
  const types = taken?.types.length ? [...taken.types, ".viser"] : [];
  return (
    <>
      <button type="button" className="vg-plain-button" onClick={() => input.current?.click()}>
        <Icon name="document" />
        {what} …
      </button>
      <input
        ref={input}
        type="file"
        accept={taken ? types.join(",") || undefined : ".viser"}
        multiple={taken !== null}
        hidden
        aria-label={what}
        onChange={(e) => {
          const files = [...(e.target.files ?? [])];
          e.target.value = ""; // the same file may be chosen again
          open(files);
        }}
      />
    </>
  );
}

/**
 * The page's own tools, shown in the panel instead of the program's controls. Memoized: a change of the panel's label
 * does not rerender them.
 */
export const Tools = memo(function Tools({ phone }: ToolsProps) {
  const { options, panel, pictures, theme } = useGui();
  const { scene, params } = options;
  const choice = useCell(theme.choice);
  const at = dockedAt(useCell(panel.arrangement), CONTROL_PANEL);
  return (
    <div className="vg-body vg-tools">
      <div className="vg-tool-buttons">
        <button type="button" className="vg-plain-button" onClick={() => scene.resetView()}>
          <Icon name="home" />
          Reset view
        </button>
        <button type="button" className="vg-plain-button" onClick={() => pictures.open.set(true)}>
          <Icon name="camera" />
          Save picture …
        </button>
      </div>
      {!params.hideSceneTree && (
        <section className="vg-tool-section">
          <h2>Scene</h2>
          <SceneTree phone={phone} />
        </section>
      )}
      <ViewTools />
      <LooksTools />
      <section className="vg-tool-section">
        <h2>Page</h2>
        <Choice
          label="Colors"
          options={LOOKS}
          value={choice}
          onChange={(next) => theme.choice.set(next)}
        />
        {!phone && (
          <Choice
            label="Panel"
            options={PLACES}
            value={at ? at.side : "float"}
            onChange={(next) =>
              next === "float" ? panel.float(CONTROL_PANEL) : panel.dock(CONTROL_PANEL, next)
            }
          />
        )}
        {options.openFile && <OpenFile open={options.openFile} />}
      </section>
      <SlowSection />
      <DevTools />
    </div>
  );
});
