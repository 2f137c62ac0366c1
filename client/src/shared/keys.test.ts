// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bindings, combinationOf, KEYS, type KeyContext, keysOf } from "./keys";

const GUIDE = join(__dirname, "../../../docs/guide/page.md");

function guideTable(): string {
  const lines = KEYS.flatMap(({ where, rows }) =>
    rows.map(({ keys, does }, i) => `| ${i === 0 ? where : ""} | ${keys} | ${does} |`),
  );
  return ["| where | keys | |", "|---|---|---|", ...lines].join("\n");
}

test("the guide has the table of keys; vitest -u writes it", async () => {
  const guide = readFileSync(GUIDE, "utf8");
  const begin = guide.indexOf("\n", guide.indexOf("<!-- keys:")) + 1;
  const end = guide.indexOf("<!-- end of keys -->");
  expect(begin).toBeGreaterThan(0);
  expect(end).toBeGreaterThan(0);
  const made = `${guide.slice(0, begin)}\n${guideTable()}\n\n${guide.slice(end)}`;
  await expect(made).toMatchFileSnapshot(GUIDE);
});

const press = (init: KeyboardEventInit) => combinationOf(new KeyboardEvent("keydown", init));

test("a press is found by the keys of the table, on any keyboard", () => {
  const table: readonly KeyContext[] = [
    {
      where: "scene",
      rows: [
        { keys: "Home, Shift+A", does: "fit", action: "fit" },
        { keys: "Ctrl+1", does: "back", action: "back" },
        { keys: "W A", does: "fly" },
      ],
    },
    { where: "page", rows: [{ keys: "?", does: "keys", action: "keys" }] },
  ];
  const bound = bindings(table);
  const run = (init: KeyboardEventInit) => bound.get(press(init) ?? "")?.action;
  expect(run({ key: "Home" })).toBe("fit");
  expect(run({ key: "A", code: "KeyA", shiftKey: true })).toBe("fit");
  expect(run({ key: "a", code: "KeyA" })).toBeUndefined();
  expect(run({ key: "1", code: "Digit1", ctrlKey: true })).toBe("back");
  expect(run({ key: "1", code: "Numpad1", metaKey: true })).toBe("back");
  expect(run({ key: "1", code: "Digit1" })).toBeUndefined();
  expect(run({ key: "?", code: "Slash", shiftKey: true })).toBe("keys");
  expect(run({ key: "?", code: "KeyM" })).toBe("keys");
  expect(bound.get("?")?.everywhere).toBe(true);
  expect(bound.get("home")?.everywhere).toBe(false);
  expect(keysOf("fit", table)).toBe("Home");
  expect(keysOf("none", table)).toBeUndefined();
});

test("no two actions have the same keys", () => {
  const all = KEYS.flatMap(({ rows }) =>
    rows.flatMap(({ keys, action }) => (action ? keys.split(", ") : [])),
  );
  expect(new Set(all).size).toBe(all.length);
});
