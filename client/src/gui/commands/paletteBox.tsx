import "./paletteBox.css";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useCell, useGui } from "../context";
import { Icon, IconButton } from "../icons";
import { safeSvg } from "../safe/svg";
import { Box } from "./box";
import { type Entry, PaletteEntries } from "./paletteEntries";

export default function PaletteBox() {
  const gui = useGui();
  const { commands, options } = gui;
  const query = useCell(commands.query);
  const [chosen, setChosen] = useState(0);
  const all = useCell(commands.all);
  const actions = useCell(options.actions.all);
  const readOnly = useCell(gui.readOnly);
  const entries = useMemo(() => {
    const { actions, scene, params } = options;
    return new PaletteEntries({ commands, actions, scene, hideNodes: params.hideSceneTree });
  }, [options, commands]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the entries are made of.
  const groups = useMemo(() => entries.groups(query), [entries, query, all, actions, readOnly]);
  const found = groups.flatMap((group) => group.entries);
  const active = Math.min(chosen, found.length - 1);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current
      ?.querySelector(`#${CSS.escape(`${id}${active}`)}`)
      ?.scrollIntoView({ block: "nearest" });
  }, [active, id]);
  const choose = (entry: Entry | undefined) => {
    if (!entry || entry.disabled) return;
    commands.closePalette();
    entry.run();
  };
  const key = (e: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step !== undefined && found.length > 0) {
      e.preventDefault();
      setChosen((active + step + found.length) % found.length);
    } else if (e.key === "Enter" && !e.nativeEvent.isComposing) {
      e.preventDefault();
      if (!e.repeat) choose(found[active]);
    }
  };
  let at = 0;
  return (
    <Box label="Commands" onClose={() => commands.closePalette()}>
      <div className="vg-palette-head">
        <input
          className="vg-palette-search"
          data-autofocus
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found.length > 0 ? `${id}${active}` : undefined}
          placeholder="Search commands and nodes …"
          value={query}
          onChange={(e) => {
            commands.query.set(e.currentTarget.value);
            setChosen(0);
          }}
          onFocus={(e) => {
            const end = e.currentTarget.value.length;
            e.currentTarget.setSelectionRange(end, end);
            if (commands.paletteFocused()) choose(found[0]);
          }}
          onKeyDown={key}
        />
        <IconButton icon="help" label="Keys and gestures" onClick={() => commands.openKeys()} />
      </div>
      {found.length === 0 && (
        <p className="vg-note vg-palette-none" role="status">
          {`Nothing is called “${query.trim()}”: no command, and no node of the scene.`}
        </p>
      )}
      <div ref={box} role="listbox" id={id} aria-label="Commands" className="vg-palette-list">
        {groups.map(({ section, entries: list }) => (
          // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by this role.
          <div key={section} role="group" aria-label={section}>
            <div className="vg-palette-section" aria-hidden>
              {section}
            </div>
            {list.map((entry) => {
              const i = at++;
              return (
                <Option
                  key={entry.key}
                  id={`${id}${i}`}
                  entry={entry}
                  active={i === active}
                  onPoint={() => setChosen(i)}
                  onRun={() => choose(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </Box>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  active: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, entry, active, onPoint, onRun }: OptionProps) {
  const { label, description, keys, icon, disabled, on } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the input has the focus.
    <div
      id={id}
      role="option"
      className="vg-palette-option"
      aria-selected={active}
      aria-checked={on}
      aria-disabled={disabled || undefined}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      <span className="vg-palette-icon">{on ? <Icon name="check" /> : safeSvg(icon)}</span>
      <span className="vg-palette-text">
        <span>{label}</span>
        {description && <small>{description}</small>}
      </span>
      {keys.length > 0 && <Keys names={keys} />}
    </div>
  );
}

function Keys({ names }: { names: readonly string[] }) {
  return (
    <span className="vg-palette-keys">
      {names.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
