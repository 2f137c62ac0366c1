import "./help.css";
import { Popover } from "@mantine/core";
import { useState } from "react";
import { useCell, useGui } from "../context";
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

const TIMELINE: (typeof SECTIONS)[number] = {
  title: "Timeline",
  rows: [
    ["Space", "play, pause"],
    ["Left, right", "back, on; further with Shift"],
    [", .", "previous, next change"],
    ["Home, End", "beginning, end"],
  ],
};

/** Omits touch gestures on devices without a touch screen, and the mouse on those without a mouse. */
function sectionsHere(timeline: boolean) {
  const all = timeline ? [...SECTIONS, TIMELINE] : SECTIONS;
  const has = (query: string) => window.matchMedia?.(query).matches === true;
  const [touch, mouse] = [has("(any-pointer: coarse)"), has("(any-pointer: fine)")];
  if (touch === mouse) return all;
  const other = touch ? ["Mouse", "Keyboard", "Timeline"] : ["Touch"];
  return all.filter(({ title }) => !other.includes(title));
}

export function Help() {
  const timeline = useCell(useGui().options.timeline) !== null;
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
        {sectionsHere(timeline).map(({ title, rows }) => (
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
