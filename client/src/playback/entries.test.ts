import { decode, encode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { applyEntries, Entries } from "./entries";
import { State } from "./fold";
import type { Message } from "./message";
import { MessageCache } from "./messageCache";
import { messageMaker } from "./recording";
import { Slots } from "./slots";
import { digest, load } from "./testing/digest";
import { randomNumbers } from "./testing/random";

const make = messageMaker(() => undefined);

/** An entry with its keys in another order, and numbers of any width. */
function encoded(time: number, message: Message, random: () => number): Uint8Array {
  const fields = Object.entries(message);
  if (random() < 0.3) fields.sort(() => random() - 0.5);
  const parts = [Buffer.of(0x92), encode(time), Buffer.of(0x80 | fields.length)];
  for (const [key, value] of fields) {
    parts.push(encode(key));
    const isPose = key === "position" || key === "wxyz";
    parts.push(encode(value, { forceFloat32: isPose && random() < 0.5 }));
  }
  return Buffer.concat(parts);
}

function messages(random: () => number, n: number): Message[] {
  const pick = <T>(...list: T[]): T => list[Math.floor(random() * list.length)]!;
  const number = () => pick(0, 1, -7, 0.5, 1000, -0.25, 70_000, random() < 0.1 ? Number.NaN : 2);
  return Array.from({ length: n }, (): Message => {
    const [name, owner] = [pick("", "/a", "/b", "/a/long/name/of/a/node"), pick("", "1")];
    const kind = random();
    if (kind < 0.05) return { type: "FrameMessage", name, owner, virtual: false, props: {} };
    if (kind < 0.08) return { type: "RemoveSceneNodeMessage", name, owner };
    const wxyz = [number(), number(), number(), number()];
    if (kind < 0.5) return { type: "SetOrientationMessage", name, wxyz, owner };
    const position = [number(), number(), number()];
    // Upstream viser's messages have no owner.
    if (kind < 0.6) return { type: "SetPositionMessage", name, position };
    return { type: "SetPositionMessage", owner, name, position };
  });
}

test("poses that are passed over lead to the same state", () => {
  const random = randomNumbers(3);
  const slots = new Slots();
  for (let round = 0; round < 40; round++) {
    const list = messages(random, 300).map((m, i) => encoded(i, m, random));
    const bytes = Buffer.concat(list);
    const entries = new Entries({ bytes, from: 0, count: 300, after: 0, make, slots });
    expect(entries.count).toBe(300);
    const want = new State();
    for (const raw of list) want.apply((decode(raw) as [number, Message])[1]);
    const got = new State();
    const middle = Math.floor(random() * 300);
    for (const [from, to] of [
      [0, middle],
      [middle, 300],
    ]) {
      applyEntries(entries, from!, to!, got, (m) => got.apply(m!));
    }
    expect(digest(got, load)).toBe(digest(want, load));
  }
  expect(slots.all.length).toBeLessThanOrEqual(16);
});

test("more slots than at the beginning are found again", () => {
  const slots = new Slots();
  const entriesOf = (from: number): Entries => {
    const list = Array.from({ length: 500 }, (_, i) => {
      const message = { type: "SetPositionMessage", name: `/${from + i}`, position: [i, 0, 0] };
      return encoded(0, message, () => 0.9);
    });
    return new Entries({ bytes: Buffer.concat(list), from: 0, count: 500, after: 0, make, slots });
  };
  const first = entriesOf(0);
  entriesOf(400);
  expect(slots.all.length).toBe(900);
  expect(entriesOf(0).slotOf).toEqual(first.slotOf);
  expect(slots.all[first.slotOf[499]!]!.key).toBe("scene\0\0/499");
});

test("messages with the same bytes are one, others are not", () => {
  const cache = new MessageCache();
  const get = (name: string): Message | null => {
    const raw = encode({ type: "FrameMessage", name });
    return cache.get(raw, () => make(decode(raw)));
  };
  const first = ["/a", "/b", "/c"].map(get);
  expect(first.map((m) => m?.name)).toEqual(["/a", "/b", "/c"]);
  for (const m of first) expect(get(String(m?.name))).toBe(m);
  // In another order.
  expect(get("/c")).toBe(first[2]);
  expect(get("/b")).toBe(first[1]);
  expect(get("/d")?.name).toBe("/d");
  expect(cache.get(new Uint8Array(20_000), () => null)).toBeNull();
});

test("an entry that is later than its chunk ends has the time of the one before", () => {
  const random = randomNumbers(4);
  const times = [1, 2, 3, 1.5, 9];
  const message = { type: "RemoveSceneNodeMessage", name: "/a" };
  const bytes = Buffer.concat(times.map((t) => encoded(t, message, random)));
  const entries = new Entries({
    bytes,
    from: 0,
    count: 5,
    after: 0.5,
    to: 2,
    make,
    slots: new Slots(),
  });
  expect([...entries.times]).toEqual([1, 2, 2, 2, 2]);
  expect(entries.wrongTimes).toBe(3);
});
