import { describe, expect, onTestFinished, test, vi } from "vitest";
import { State } from "./fold";
import type { Message } from "./message";
import { type Entry, type OurFile, ourFile, upstreamFile } from "./testing/files";
import { Page, shown } from "./testing/page";
import { randomNumbers } from "./testing/random";
import { messagesOfVector, vectors } from "./testing/vectors";

const OF_NODES = /^(?!Gui|Command|Register|Remove(Command|Notification)|Notification|ResetGui)/;

/** Messages of every type, in an order that makes, changes and removes the same nodes and elements again and again. */
function entriesFor(seed: number, which: (m: Message) => boolean = () => true): Entry[] {
  const random = randomNumbers(seed);
  const lists = vectors.map((v) => messagesOfVector(v).filter((m): m is Message => m !== null));
  const entries: Entry[] = [];
  let time = 0;
  for (let round = 0; round < 3; round++) {
    for (const list of lists) {
      for (const { id, ...message } of list) {
        // Recordings have neither ids nor packed poses; the bad ones are below.
        if (/PackedPoses|RunJavascript/.test(message.type) || !which(message as Message)) continue;
        if (!new State().apply(message as Message)) continue;
        if (random() < 0.4) time += random() / 4;
        const plain = random() < 0.05 ? ({ plain: true } as const) : {};
        entries.push({ time, message: message as Message, ...plain });
      }
    }
  }
  return entries;
}

function stateAt(entries: readonly Entry[], time: number): State {
  const state = new State();
  for (const entry of entries) if (entry.time <= time && !entry.plain) state.apply(entry.message);
  return state;
}

const end = (entries: readonly Entry[]) => entries.at(-1)!.time;

function open(bytes: Uint8Array<ArrayBuffer>): Page {
  return new Page({ source: { data: bytes.slice().buffer } });
}

/** A copy with another byte somewhere. */
function spoiled({ bytes }: OurFile, at: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[at]! ^= 0x55;
  return copy;
}

const all = entriesFor(1);
const nodes = entriesFor(2, (m) => OF_NODES.test(m.type) && m.type !== "SceneNodePatchMessage").map(
  ({ time, message }) => ({ time, message }),
);
const closed = ourFile(all, { duration: end(all) });
const cut = ourFile(all, { duration: 0, open: true });

const FORMS: [
  name: string,
  entries: Entry[],
  bytes: Uint8Array<ArrayBuffer>,
  note: RegExp | null,
][] = [
  ["ours", all, closed.bytes, null],
  [
    "ours without keyframes",
    all,
    ourFile(all, { duration: end(all), keyframeChunks: 0 }).bytes,
    null,
  ],
  ["ours, not closed", all, cut.bytes, /not closed/],
  ["ours with a damaged index", all, spoiled(closed, closed.manifestAt + 30), /index/],
  ["ours with a damaged end", all, spoiled(closed, closed.bytes.length - 20), /index/],
  ["upstream viser's", nodes, upstreamFile(nodes, end(nodes), "new"), null],
];

describe.each(FORMS)("a recording: %s", (_, entries, bytes, note) => {
  test("50 times, one after another, show what was received until then", async () => {
    const page = open(bytes);
    await page.opened();
    expect(page.status.kind).toBe("live");
    expect(page.timeline?.to).toBeCloseTo(end(entries), 9);
    const random = randomNumbers(7);
    for (let i = 0; i < 50; i++) {
      const exact = entries[Math.floor(random() * entries.length)]!.time;
      const time = i % 3 === 0 ? exact : random() * end(entries);
      await page.seek(time);
      expect(page.timeline?.time).toBe(time);
      expect(shown(page.state), `at ${time}`).toBe(shown(stateAt(entries, time)));
    }
    if (note) expect(page.notes.join(" ")).toMatch(note);
    else expect(page.notes).toEqual([]);
  });

  test("played to the end it shows the same as at the end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const page = open(bytes);
    await page.opened();
    page.playback.command({ do: "speed", value: 16 });
    page.playback.command({ do: "play" });
    while (page.timeline?.playing) await vi.advanceTimersByTimeAsync(17);
    expect(page.batches).toBeGreaterThan(10);
    expect(page.timeline?.time).toBeCloseTo(end(entries), 9);
    expect(shown(page.state)).toBe(shown(stateAt(entries, end(entries))));
  });
});
