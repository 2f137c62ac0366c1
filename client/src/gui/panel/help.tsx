import "./help.css";
import { Popover } from "@mantine/core";
import { useState } from "react";
import { IconButton } from "../icons";

const SECTIONS: readonly { title: string; rows: readonly (readonly [string, string])[] }[] = [
  {
    title: "Mouse",
    rows: [
      ["Left drag", "turn"],
      ["Right drag", "move sideways"],
      ["Wheel", "closer, further"],
    ],
  },
  {
    title: "Touch",
    rows: [
      ["One finger", "turn"],
      ["Two fingers", "move, pinch to zoom"],
      ["Hold a label", "its hint, if it has one"],
    ],
  },
  {
    title: "Keyboard",
    rows: [
      ["W A S D", "fly forward, left, back, right"],
      ["Q E", "fly down, up"],
      ["Shift", "faster"],
      ["Arrow keys", "look around"],
    ],
  },
];

/** Omits touch gestures on devices without a touch screen, and the mouse on those without a mouse. */
function sectionsHere() {
  const has = (query: string) => window.matchMedia?.(query).matches === true;
  const [touch, mouse] = [has("(any-pointer: coarse)"), has("(any-pointer: fine)")];
  if (touch === mouse) return SECTIONS;
  const other = touch ? ["Mouse", "Keyboard"] : ["Touch"];
  return SECTIONS.filter(({ title }) => !other.includes(title));
}

export function Help() {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" width={270}>
      <Popover.Target>
        <IconButton
          icon="help"
          label="How to move around"
          aria-expanded={opened}
          onClick={() => setOpened((o) => !o)}
        />
      </Popover.Target>
      <Popover.Dropdown className="vg-help" p="sm">
        {sectionsHere().map(({ title, rows }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {rows.map(([keys, effect]) => (
                <div key={keys}>
                  <dt>{keys}</dt>
                  <dd>{effect}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
