import type { NotLive } from "../../contract";
import { useCell, useChildren, useGui } from "../context";
import { IconButton } from "../icons";
import { PANELS, ROOT } from "../store/elements";
import { Tools } from "../tools/tools";
import { Container } from "../widgets/containers";
import { isCollapsed } from "./arrangement";
import { Frame } from "./frame";
import type { Stage } from "./geometry";
import { MovePanel } from "./movePanel";
import { CONTROL_PANEL } from "./panelState";
import { Sections } from "./sections";
import { StateLine, Status } from "./status";

/** Below this width (CSS pixels) the tools are not opened by default: they would cover the scene. */
const ROOMY_PX = 900;

/** Why controls do nothing. */
const WHY_DISABLED: Readonly<Record<NotLive | "viewer", string>> = {
  viewer: "You can look at this viewer, but not use its controls.",
  recording: "This is a recording: its controls show what they were set to, and do nothing.",
  past: "This is not live: controls show what they were set to, and work again when you return to live.",
};

/** A recording has those that its program had, unless upstream viser made it. */
function noControls(notLive: NotLive | undefined): string {
  return `The ${notLive === "recording" ? "recording" : "program"} has no controls.`;
}

/** The control panel: all controls that are not in another panel of the program. */
export function Panel({ phone, stage }: { phone: boolean; stage: Stage }) {
  const gui = useGui();
  const { panel, commands } = gui;
  const label = useCell(panel.label);
  const view = useCell(panel.view);
  const collapsed = isCollapsed(useCell(panel.arrangement), CONTROL_PANEL);
  const readOnly = useCell(gui.readOnly);
  const { notLive } = useCell(gui.options.connection);
  const name = label ?? "Controls";
  const empty = useEmpty();
  const roomy = phone || stage.size.width >= ROOMY_PX;
  const tools = view === null ? empty && roomy : view === "tools";
  const shown = tools && !collapsed;
  const head = (
    <>
      <Status />
      <div className="vg-titles">
        <h1 className="vg-title" title={label ?? undefined}>
          {name}
        </h1>
        <StateLine />
      </div>
      <IconButton icon="search" label="Commands" onClick={() => commands.openPalette()} />
      <IconButton
        icon="tools"
        label={shown ? (empty ? "Hide the tools" : "Back to the controls") : "Scene and tools"}
        data-on={shown || undefined}
        onClick={() => {
          panel.view.set(shown ? "controls" : "tools");
          panel.setCollapsed(CONTROL_PANEL, false);
        }}
      />
      {!phone && <MovePanel id={CONTROL_PANEL} name={name} stage={stage} />}
      <IconButton
        icon="chevron"
        className="vg-collapse"
        label={collapsed ? "Open the panel" : "Close the panel"}
        aria-expanded={!collapsed}
        onClick={() => panel.toggle(CONTROL_PANEL)}
      />
    </>
  );
  return (
    <Frame
      id={CONTROL_PANEL}
      name={label ?? "Control panel"}
      head={head}
      phone={phone}
      stage={stage}
    >
      {/* Hidden, not unmounted: folders keep their state, and unfinished input is not lost. */}
      <div className="vg-body" hidden={collapsed || tools}>
        {readOnly && !empty && <p className="vg-note">{WHY_DISABLED[notLive ?? "viewer"]}</p>}
        <Container id={ROOT} />
        {phone && <Sections />}
        {empty && !tools && (
          <p className="vg-note">
            {noControls(notLive)} Scene and tools are behind the icon above.
          </p>
        )}
      </div>
      {shown && <Tools phone={phone} />}
    </Frame>
  );
}

/** True if the program has no controls, after its replay is done: the panel then shows the tools. */
function useEmpty(): boolean {
  const { options } = useGui();
  const connection = useCell(options.connection);
  const count = useChildren(ROOT).length + useChildren(PANELS).length;
  return count === 0 && connection.kind === "live" && connection.replaying !== true;
}
