import "./colorInput.css";
import { Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useGui } from "../context";
import { IconButton } from "../icons";
import { QUIET_TYPING_MS } from "../store/edits";
import type { ElementOf } from "../store/elements";
import { str } from "../store/read";
import { channels, parseChannels, toHex } from "./color";
import { Row } from "./row";

const Picker = lazy(() => import("./colorPicker"));

export function ColorWidget({
  el,
}: {
  el: ElementOf<"GuiRgbMessage"> | ElementOf<"GuiRgbaMessage">;
}) {
  const { store } = useGui();
  const { props, uuid } = el;
  const size = el.type === "GuiRgbaMessage" ? 4 : 3;
  const value = channels(el.value, size);
  const [opened, setOpened] = useState(false);
  const label = str(props.label);
  const edit = (next: number[], quiet?: number) => store.edit(uuid, next, quiet);
  return (
    <Row props={props}>
      {({ id }) => (
        <div className="vg-color">
          <Popover
            opened={opened && !props.disabled}
            onChange={setOpened}
            position="bottom-start"
            shadow="md"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <button
                type="button"
                className="vg-swatch"
                aria-label={`Choose ${label}`.trim()}
                disabled={props.disabled}
                onClick={() => setOpened((o) => !o)}
              >
                <span style={{ background: toHex(value) }} />
              </button>
            </Popover.Target>
            <Popover.Dropdown p="xs">
              <div className="vg-picker" tabIndex={-1} data-autofocus>
                <Suspense>
                  <Picker
                    value={toHex(value)}
                    alpha={size === 4}
                    onChange={(hex) => {
                      const next = parseChannels(hex, size);
                      if (next) edit(next);
                    }}
                  />
                </Suspense>
              </div>
            </Popover.Dropdown>
          </Popover>
          {!props.disabled && (
            <Eyedropper
              label={`Pick ${label} from the screen`}
              onPick={(hex) => {
                const picked = parseChannels(hex, 3);
                if (picked) edit([...picked, ...value.slice(3)]);
              }}
            />
          )}
          <ChannelField
            id={id}
            value={value}
            hint={props.hint}
            disabled={props.disabled}
            onChange={(next) => edit(next, QUIET_TYPING_MS)}
            onLeave={() => store.leave(uuid)}
          />
        </div>
      )}
    </Row>
  );
}

/** Picks a color from the screen, if the browser supports it. */
function Eyedropper({ label, onPick }: { label: string; onPick: (hex: string) => void }) {
  const { EyeDropper } = window as WithEyedropper;
  if (!EyeDropper) return null;
  const pick = () => {
    // Rejected when the user cancels.
    new EyeDropper().open().then(
      ({ sRGBHex }) => onPick(sRGBHex),
      () => {},
    );
  };
  return <IconButton icon="eyedropper" className="vg-eyedropper" label={label} onClick={pick} />;
}

/** Not in TypeScript's library, since not all browsers have it. */
interface WithEyedropper {
  EyeDropper?: new () => { open(): Promise<{ sRGBHex: string }> };
}

interface ChannelFieldProps {
  id: string;
  value: number[];
  hint: string | null;
  disabled: boolean;
  onChange: (value: number[]) => void;
  onLeave: () => void;
}

/** The color as numbers; accepts any CSS color too. */
function ChannelField({ id, value, hint, disabled, onChange, onLeave }: ChannelFieldProps) {
  const [draft, setDraft] = useState<{ text: string; hex: string } | null>(null);
  const typed = draft && draft.hex === toHex(value) ? draft.text : null;
  const type = (text: string) => {
    const next = parseChannels(text, value.length);
    setDraft({ text, hex: toHex(next ?? value) });
    if (next && toHex(next) !== toHex(value)) onChange(next);
  };
  const leave = () => {
    setDraft(null);
    onLeave();
  };
  return (
    <input
      id={id}
      className="vg-field"
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-description={hint ?? undefined}
      disabled={disabled}
      value={typed ?? value.join(", ")}
      onChange={(e) => type(e.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(e) => {
        if (e.key === "Enter") leave();
      }}
    />
  );
}
