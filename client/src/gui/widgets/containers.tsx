import { Button, Tabs } from "@mantine/core";
import { createContext, type ReactNode, useContext, useId, useMemo, useState } from "react";
import { useChildren, useGui } from "../context";
import { Icon } from "../icons";
import { safeSvg } from "../safe/svg";
import type { ElementOf } from "../store/elements";
import { list, str, strOrNull } from "../store/read";
import { Widget } from "./widget";

const MAX_DEPTH = 32;

/** The containers around this one. A container inside itself would go on for ever. */
const Around = createContext<readonly string[]>([]);

export function Container({ id }: { id: string }) {
  const around = useContext(Around);
  const inside = useMemo(() => [...around, id], [around, id]);
  if (around.includes(id) || around.length > MAX_DEPTH) {
    return <p className="vg-note">These controls are nested too deeply to be shown.</p>;
  }
  return (
    <Around.Provider value={inside}>
      <Children id={id} />
    </Around.Provider>
  );
}

function Children({ id }: { id: string }) {
  return useChildren(id).map((uuid) => <Widget key={uuid} uuid={uuid} />);
}

export function FolderWidget({ el }: { el: ElementOf<"GuiFolderMessage"> }) {
  return <Fold el={el} />;
}

/** A folder whose controls belong together; the button (or Enter in a field) says that they are complete. */
export function FormWidget({ el }: { el: ElementOf<"GuiFormMessage"> }) {
  const { store } = useGui();
  const submit = () => store.act({ type: "GuiFormSubmitMessage", uuid: el.uuid });
  return (
    <Fold el={el}>
      <div className="vg-row vg-row-wide">
        <Button fullWidth size="compact-sm" variant="light" className="vg-button" onClick={submit}>
          Submit
        </Button>
      </div>
    </Fold>
  );
}

function Fold({
  el,
  children,
}: {
  el: ElementOf<"GuiFolderMessage"> | ElementOf<"GuiFormMessage">;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(el.props.expand_by_default !== false);
  const bodyId = useId();
  const label = strOrNull(el.props.label);
  const shown = open || label === null;
  return (
    <section className="vg-folder" aria-label={label ?? undefined}>
      {label !== null && (
        <button
          type="button"
          className="vg-folder-head"
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" />
          <span>{label}</span>
        </button>
      )}
      <div className="vg-folder-body" id={bodyId} hidden={!shown}>
        {shown && (
          <>
            <Container id={el.uuid} />
            {children}
          </>
        )}
      </div>
    </section>
  );
}

export function TabsWidget({
  el,
}: {
  el: ElementOf<"GuiTabGroupMessage"> | ElementOf<"GuiPanelMessage">;
}) {
  const tabs = readTabs(el.props);
  const [chosen, setChosen] = useState<string | null>(null);
  const active = (tabs.find(({ id }) => id === chosen) ?? tabs[0])?.id;
  if (active === undefined) return null;
  return (
    <Tabs className="vg-tabs" value={active} onChange={setChosen} keepMounted={false}>
      <Tabs.List>
        {tabs.map(({ id, label, icon }) => (
          <Tabs.Tab key={id} value={id} leftSection={safeSvg(icon) ?? undefined}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel key={active} value={active}>
        <Container id={active} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** One tab for each container; the three lists may be of any length while the server changes them. */
function readTabs(props: ElementOf<"GuiTabGroupMessage">["props"]) {
  const labels = list(props._tab_labels);
  const icons = list(props._tab_icons_html);
  const ids = list(props._tab_container_ids).map((id) => str(id));
  return ids
    .map((id, i) => ({ id, label: str(labels[i]), icon: icons[i] }))
    .filter(({ id }, i) => id !== "" && ids.indexOf(id) === i);
}
