import { memo } from "react";
import { useCell, useElement, useGui } from "../context";
import { IconButton } from "../icons";
import { safeSvg } from "../safe/svg";
import { Container, readTabs, TabsWidget } from "../widgets/containers";
import { isCollapsed } from "./arrangement";
import { Frame } from "./frame";
import type { Stage } from "./geometry";
import { MovePanel, titleOf } from "./movePanel";

/** A panel of the program, on a wide page. */
export function SidePanel({ id, stage }: { id: string; stage: Stage }) {
  const { panel } = useGui();
  const el = useElement(id);
  const collapsed = isCollapsed(useCell(panel.arrangement), id);
  if (el?.type !== "GuiPanelMessage") return null;
  const tabs = readTabs(el.props);
  const name = titleOf(el.props) ?? "Panel";
  const head = (
    <>
      {tabs.length === 1 && safeSvg(tabs[0]!.icon)}
      <h2 className="vg-title" title={name}>
        {name}
      </h2>
      <MovePanel id={id} name={name} stage={stage} />
      <IconButton
        icon="chevron"
        className="vg-collapse"
        label={collapsed ? `Open ${name}` : `Minimize ${name}`}
        aria-expanded={!collapsed}
        onClick={() => panel.toggle(id)}
      />
    </>
  );
  return (
    <Frame id={id} name={name} head={head} phone={false} stage={stage}>
      <div className="vg-body" hidden={collapsed}>
        <Content id={id} />
      </div>
    </Frame>
  );
}

/** Memoized: moving a panel does not rerender its content. */
export const Content = memo(function Content({ id }: { id: string }) {
  const el = useElement(id);
  if (el?.type !== "GuiPanelMessage") return null;
  const tabs = readTabs(el.props);
  return tabs.length === 1 ? <Container id={tabs[0]!.id} /> : <TabsWidget el={el} />;
});
