import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "./paletteBox.css";
import { Modal } from "@mantine/core";
import { type KeyboardEvent, useContext, useEffect, useId, useRef, useState } from "react";
import { PhoneContext, useCell, useGui } from "../context";
import { safeSvg } from "../safe/svg";
import { str, strOrNull } from "../store/read";
import { type Command, search } from "./commands";
import { keyNames } from "./hotkey";

/** Maximum number of results shown. */
const MAX_SHOWN = 200;

export default function PaletteBox() {
  const { commands } = useGui();
  const phone = useContext(PhoneContext);
  const query = useCell(commands.query);
  const [chosen, setChosen] = useState(0);
  const all = useCell(commands.all);
  const found = search(all, query).slice(0, MAX_SHOWN);
  const active = Math.min(chosen, found.length - 1);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current
      ?.querySelector(`#${CSS.escape(`${id}${active}`)}`)
      ?.scrollIntoView({ block: "nearest" });
  }, [active, id]);
  const key = (e: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step !== undefined && found.length > 0) {
      e.preventDefault();
      setChosen((active + step + found.length) % found.length);
    } else if (e.key === "Enter" && !e.nativeEvent.isComposing) {
      e.preventDefault();
      if (!e.repeat) commands.choose(found[active]);
    }
  };
  return (
    <Modal.Root
      opened
      onClose={() => commands.closePalette()}
      data-layout={phone ? "phone" : "wide"}
      yOffset="12vh"
      padding={0}
      transitionProps={{ duration: 0 }}
      classNames={{ content: "vg-modal" }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Commands">
        <input
          className="vg-palette-search"
          data-autofocus
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found.length > 0 ? `${id}${active}` : undefined}
          placeholder="Search commands …"
          value={query}
          onChange={(e) => {
            commands.query.set(e.currentTarget.value);
            setChosen(0);
          }}
          onFocus={(e) => {
            commands.paletteFocused();
            const end = e.currentTarget.value.length;
            e.currentTarget.setSelectionRange(end, end);
          }}
          onKeyDown={key}
        />
        {found.length === 0 && <p className="vg-note vg-palette-none">No command has that name.</p>}
        <div ref={box} role="listbox" id={id} aria-label="Commands" className="vg-palette-list">
          {found.map((command, i) => (
            <Option
              key={command.uuid}
              id={`${id}${i}`}
              command={command}
              active={i === active}
              onPoint={() => setChosen(i)}
              onRun={() => commands.choose(command)}
            />
          ))}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  active: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, command: { props }, active, onPoint, onRun }: OptionProps) {
  const description = strOrNull(props.description);
  const keys = keyNames(props.hotkey, props.modifier);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the input has the focus.
    <div
      id={id}
      role="option"
      className="vg-palette-option"
      aria-selected={active}
      aria-disabled={props.disabled === true || undefined}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      <span className="vg-palette-icon">{safeSvg(props._icon_html)}</span>
      <span className="vg-palette-text">
        <span>{str(props.label)}</span>
        {description && <small>{description}</small>}
      </span>
      {keys.length > 0 && (
        <span className="vg-palette-keys">
          {keys.map((k) => (
            <kbd key={k}>{k}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}
