import "./keysBox.css";
import { commandKey } from "../../shared/hotkey";
import { KEYS, type KeyContext } from "../../shared/keys";
import { useCell, useGui } from "../context";
import { IconButton } from "../icons";
import { Box } from "./box";

/** Omits touch gestures on devices without a touch screen, and the mouse on those without a mouse. */
function contextsHere(timeline: boolean): readonly KeyContext[] {
  const has = (query: string) => window.matchMedia?.(query).matches === true;
  const [touch, mouse] = [has("(any-pointer: coarse)"), has("(any-pointer: fine)")];
  return KEYS.filter(({ only }) => {
    if (only === "timeline") return timeline;
    if (only === "touch") return touch || !mouse;
    return only !== "mouse" || mouse || !touch;
  });
}

const shown = (keys: string): string => keys.replaceAll("Ctrl", commandKey());

/** All keys and gestures of the page, by where they work. */
export default function KeysBox() {
  const { commands, options } = useGui();
  const timeline = useCell(options.timeline) !== null;
  const close = () => commands.keys.set(false);
  return (
    <Box label="Keys and gestures" onClose={close}>
      <header className="vg-keys-head">
        <h2>Keys and gestures</h2>
        <IconButton icon="close" label="Close" data-autofocus onClick={close} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that. */}
      <section className="vg-keys" aria-label="List of keys" tabIndex={0}>
        {contextsHere(timeline).map(({ where, rows }) => (
          <section key={where}>
            <h3>{where}</h3>
            <dl>
              {rows.map(({ keys, does }) => (
                <div key={keys}>
                  <dt>{shown(keys)}</dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Box>
  );
}
