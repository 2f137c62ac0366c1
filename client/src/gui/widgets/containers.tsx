import "./containers.css";
import { Tabs } from "@mantine/core";
import { createContext, type KeyboardEvent, useContext, useId, useMemo, useState } from "react";
import { useCell, useChildren, useGui } from "../context";
import { Icon } from "../icons";
import { safeSvg } from "../safe/svg";
import type { ElementOf } from "../store/elements";
import { list, str, strOrNull } from "../store/read";
import { Widget } from "./widget";

const MAX_DEPTH = 32;

/** The ancestor containers: a container inside itself would recurse forever. */
const AncestorContainers = createContext<readonly string[]>([]);

export function Container({ id }: { id: string }) {
  const around = useContext(AncestorContainers);
  const inside = useMemo(() => [...around, id], [around, id]);
  if (around.includes(id) || around.length > MAX_DEPTH) {
    return <p className="vg-note">These controls are nested too deeply to be shown.</p>;
  }
  return (
    <AncestorContainers.Provider value={inside}>
      <Children id={id} />
    </AncestorContainers.Provider>
  );
}

function Children({ id }: { id: string }) {
  return useChildren(id).map((uuid) => <Widget key={uuid} uuid={uuid} />);
}

export function FolderWidget({ el }: { el: ElementOf<"GuiFolderMessage"> }) {
  return <Fold el={el} />;
}

/** A form: a folder that is submitted with Enter in a single-line field. */
export function FormWidget({ el }: { el: ElementOf<"GuiFormMessage"> }) {
  const { store, forms } = useGui();
  const edited = useCell(forms.edited).has(el.uuid);
  const submit = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const anywhere = event.ctrlKey || event.metaKey;
    if (!anywhere && !isLine(event.target)) return;
    event.preventDefault();
    store.act({ type: "GuiFormSubmitMessage", uuid: el.uuid });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key events are those of the fields inside.
    <div onKeyDown={submit}>
      <Fold el={el} edited={edited} />
    </div>
  );
}

/** A single-line text field; number fields and lists use Enter themselves. */
function isLine(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === "text" && !target.role;
}

function Fold({
  el,
  edited = false,
}: {
  el: ElementOf<"GuiFolderMessage"> | ElementOf<"GuiFormMessage">;
  /** A form with changes that were not submitted. */
  edited?: boolean;
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
          <span>
            {label}
            {edited && (
              <>
                <span aria-hidden>*</span>
                <span className="vg-unseen"> (edited, not submitted)</span>
              </>
            )}
          </span>
        </button>
      )}
      <div className="vg-folder-body" id={bodyId} hidden={!shown}>
        {shown && <Container id={el.uuid} />}
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

/** One tab per container; the three lists may differ in length while the server changes them. */
export function readTabs(props: ElementOf<"GuiTabGroupMessage">["props"]) {
  const labels = list(props._tab_labels);
  const icons = list(props._tab_icons_html);
  const ids = list(props._tab_container_ids).map((id) => str(id));
  return ids
    .map((id, i) => ({ id, label: str(labels[i]), icon: icons[i] }))
    .filter(({ id }, i) => id !== "" && ids.indexOf(id) === i);
}
