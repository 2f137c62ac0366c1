/** The files of internal/recording's testdata, of which internal/recording says what is in them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MESSAGE } from "./entries";
import type { State } from "./fold";
import { History } from "./history";
import type { Message } from "./message";
import { openRecording } from "./open";
import type { Recording } from "./recording";
import { MemorySource } from "./source";
import { digest } from "./testing/digest";
import { eachStored, type StoredArray } from "./values";
import { Zstd } from "./zstd";

interface Expected {
  duration: number;
  complete: boolean;
  scripts: number;
  entries: number;
  states: { time: number; digest: string }[];
}

const dir = join(import.meta.dirname, "../../../internal/recording/testdata");
const expected: Record<string, Expected> = JSON.parse(
  readFileSync(join(dir, "expected.json"), "utf8"),
);

async function opened(name: string): Promise<Recording> {
  const source = new MemorySource(new Uint8Array(readFileSync(join(dir, name))));
  return openRecording(source, await Zstd.create(), () => {});
}

/** The digest of a state whose arrays are in the file. */
async function digestOf(state: State, recording: Recording): Promise<string> {
  const arrays = new Map<number, Uint8Array<ArrayBuffer>>();
  const wanted = new Map<number, StoredArray>();
  for (const { message } of state.all.values()) {
    eachStored(message, (array) => {
      if (!array.data) wanted.set(array.index, array);
    });
  }
  for (const [index, array] of wanted) arrays.set(index, (await recording.array(array))!);
  return digest(state, ({ data, index }) => data ?? arrays.get(index)!);
}

/** The number of entries that are applied. */
async function readable(recording: Recording): Promise<number> {
  let n = 0;
  for (let i = 0; i < recording.chunks.length; i++) {
    const entries = await recording.chunk(i);
    for (let k = 0; k < entries.count; k++) {
      const message = entries.slotOf[k] === MESSAGE ? entries.message(k) : "a pose";
      if (message && (message as Message).type !== "RunJavascriptMessage") n++;
    }
  }
  return n;
}

test("all files are tried", () => {
  const files = readdirSync(dir).filter((name) => name.endsWith(".viser"));
  expect(files.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))("%s", (name, want) => {
  test("is read as in Go", async () => {
    const recording = await opened(name);
    expect(recording.duration).toBe(want.duration);
    const history = new History(recording);
    for (const { time, digest } of want.states) {
      const reached = await history.stateAt(time, null, () => false);
      expect(await digestOf(reached!.state, recording), `at ${time}`).toBe(digest);
    }
    expect(await readable(recording)).toBe(want.entries);
    const notes = recording.notes.list().join("\n");
    if (!want.complete) expect(notes).not.toBe("");
    expect(Number(/(\d+) scripts? in/.exec(notes)?.[1] ?? 0)).toBe(want.scripts);
  });
});
