import { useId } from "react";
import { useCell, useChildren, useElement, useGui } from "../context";
import { Icon } from "../icons";
import { safeSvg } from "../safe/svg";
import { PANELS } from "../store/elements";
import { readTabs } from "../widgets/containers";
import { titleOf } from "./movePanel";
import { Content } from "./sidePanel";

/** On phones the program's panels are sections of the sheet, initially closed. */
export function Sections() {
  return useChildren(PANELS).map((id) => <Section key={id} id={id} />);
}

function Section({ id }: { id: string }) {
  const { panel } = useGui();
  const el = useElement(id);
  const open = useCell(panel.open).has(id);
  const body = useId();
  if (el?.type !== "GuiPanelMessage" || el.props.visible === false) return null;
  const tabs = readTabs(el.props);
  if (tabs.length === 0) return null;
  return (
    <section className="vg-folder vg-section" aria-label={titleOf(el.props) ?? undefined}>
      <button
        type="button"
        className="vg-folder-head"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => panel.setOpen(id, !open)}
      >
        <Icon name="chevron" />
        {tabs.length === 1 && safeSvg(tabs[0]!.icon)}
        <span>{titleOf(el.props)}</span>
      </button>
      <div id={body} hidden={!open}>
        {open && <Content id={id} />}
      </div>
    </section>
  );
}
