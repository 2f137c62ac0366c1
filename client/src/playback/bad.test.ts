/** Recordings that are cut off, damaged or hostile: what is good of them is shown, and the page says what is not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode, encode } from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import { storeZstd } from "../testing/frame";
import { IndexError, RecordingError } from "./errors";
import { State } from "./fold";
import { History } from "./history";
import type { Message } from "./message";
import { openRecording } from "./open";
import type { Recording } from "./recording";
import { MemorySource } from "./source";
import { digest, load } from "./testing/digest";
import { type Entry, type OurFile, ourFile, upstreamFile } from "./testing/files";
import { Page, shown } from "./testing/page";
import { StoredArray } from "./values";
import { Zstd } from "./zstd";

const zstd = await Zstd.create();
const file = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    readFileSync(join(import.meta.dirname, "../../../internal/recording/testdata", name)),
  );

const node = { owner: "", virtual: false };
const sample: Entry[] = [
  { time: 0, message: { type: "FrameMessage", name: "/f", ...node, props: { axes_length: 0.5 } } },
  {
    time: 0,
    message: { type: "GuiMarkdownMessage", uuid: "g", container_uuid: "root", props: { order: 1 } },
  },
  ...Array.from({ length: 12 }, (_, i): Entry => {
    const position = [i / 4, 100, -3];
    const message = { type: "SetPositionMessage", name: "/f", position, owner: "" };
    return { time: 0.5 + i / 8, message };
  }),
  { time: 2.5, message: { type: "GuiRemoveMessage", uuid: "g" } },
  { time: 2.75, message: { type: "LabelMessage", name: "/l", ...node, props: { text: "l" } } },
  { time: 3, message: { type: "RemoveSceneNodeMessage", name: "/f", owner: "" } },
];

const open = (bytes: Uint8Array): Promise<Recording> =>
  openRecording(new MemorySource(bytes), zstd, () => {});

/** The state at the end, and what is said. null: it cannot be opened. */
async function atEnd(bytes: Uint8Array): Promise<{ state: State; notes: string[] } | null> {
  let recording: Recording;
  try {
    recording = await open(bytes);
  } catch (e) {
    if (e instanceof RecordingError) return null;
    throw e;
  }
  const all = (): Promise<{ state: State } | null> =>
    new History(recording).stateAt(Number.MAX_VALUE, null, () => false);
  let reached: { state: State } | null;
  try {
    reached = await all();
  } catch (e) {
    if (!(e instanceof IndexError)) throw e;
    recording = await recording.rescan();
    reached = await all();
  }
  return { state: reached!.state, notes: recording.notes.list() };
}

/** Digests of the states after each number of entries. */
function prefixes(entries: readonly Entry[]): string[] {
  const state = new State();
  return [
    digest(state, load),
    ...entries.map(({ message }) => {
      state.apply(message);
      return digest(state, load);
    }),
  ];
}

describe.each([
  ["closed", ourFile(sample, { duration: 3, chunkEntries: 4, keyframeChunks: 2 }).bytes],
  ["open", ourFile(sample, { duration: 0, chunkEntries: 4, keyframeChunks: 2, open: true }).bytes],
])("ours, %s", (form, bytes) => {
  test("cut at every byte it has a beginning, and more of it with more bytes", async () => {
    const states = prefixes(sample);
    let most = -1;
    for (let size = 0; size < bytes.length; size++) {
      const end = await atEnd(bytes.subarray(0, size));
      if (!end) {
        expect(most, `cut at ${size} it cannot be opened`).toBe(-1);
        continue;
      }
      const reached = states.lastIndexOf(digest(end.state, load));
      expect(reached, `cut at ${size}`).toBeGreaterThanOrEqual(most);
      most = reached;
      expect(end.notes.join(), `cut at ${size}, which nobody is told`).toMatch(/cut off|damaged/);
    }
    expect(most).toBe(
      form === "open" ? sample.length - 1 - ((sample.length - 1) % 4) : sample.length,
    );
  });
});

test.each(["finished", "in_place", "cut_in_arrays", "upstream", "old"])(
  "%s.viser, cut at every byte",
  async (name) => {
    const bytes = file(`${name}.viser`);
    for (let size = 0; size < bytes.length; size++) {
      const end = await atEnd(bytes.subarray(0, size));
      if (end) expect(end.notes, `cut at ${size}`).not.toEqual([]);
    }
  },
);

test.each(["new", "old"] as const)(
  "upstream viser's, %s, is shown until it was cut",
  async (form) => {
    const position = (time: number): Entry => ({
      time,
      message: { type: "SetPositionMessage", name: "/f", position: [time, 0, 0], owner: "" },
    });
    const entries = [sample[0]!, ...Array.from({ length: 4000 }, (_, i) => position(i))];
    const bytes = upstreamFile(entries, 4000, form);
    const end = await atEnd(bytes.subarray(0, 200_000));
    const [x] = end!.state.variants("/f")[0]!.position!;
    expect(x).toBeGreaterThan(1000);
    expect(x).toBeLessThan(3900);
    expect(end!.notes.join()).toMatch(/cut off/);
  },
);

test.each(["finished", "in_place", "upstream", "old"])(
  "%s.viser with a wrong byte is read as far as it can be",
  async (name) => {
    const bytes = file(`${name}.viser`);
    for (let at = 0; at < bytes.length; at++) {
      const bad = bytes.slice();
      bad[at]! ^= at % 2 === 0 ? 0x80 : 1;
      // Nothing but RecordingError may be thrown.
      await atEnd(bad);
    }
  },
);

interface Manifest {
  duration: number;
  entries: number;
  extras: number;
  arrays: number[][];
  chunks: number[][];
  keyframes: number[][];
}

/** A copy with another index. */
function lying({ bytes, manifestAt }: OurFile, change: (m: Manifest) => void): Uint8Array {
  const size = new DataView(bytes.buffer).getUint32(manifestAt + 4, true);
  // The blocks are stored, not compressed.
  const content = zstd.inflate(bytes.subarray(manifestAt + 8, manifestAt + 8 + size));
  const manifest = decode(content) as Manifest;
  change(manifest);
  const packed = storeZstd(encode(manifest));
  const out = Buffer.alloc(manifestAt + 8 + packed.length + 32);
  out.set(bytes.subarray(0, manifestAt));
  out.writeUInt32LE(0x184d2a54, manifestAt);
  out.writeUInt32LE(packed.length, manifestAt + 4);
  out.set(packed, manifestAt + 8);
  const trailer = bytes.slice(-32);
  new DataView(trailer.buffer).setBigUint64(8, BigInt(manifestAt), true);
  new DataView(trailer.buffer).setBigUint64(16, BigInt(out.length), true);
  out.set(trailer, out.length - 32);
  return new Uint8Array(out);
}

const LIES: Record<string, (m: Manifest) => void> = {
  "a chunk's place": (m) => m.chunks[3]![0]!++,
  "a chunk's size": (m) => m.chunks[3]![1]!--,
  "a chunk that is another": (m) => m.chunks[3]!.splice(0, 2, m.chunks[4]![0]!, 100),
  "a chunk's time": (m) => {
    m.chunks.at(-1)![2]! += 1e-9;
  },
  "times that descend": (m) => m.chunks[3]!.splice(3, 1, -1),
  "a time that is none": (m) => m.chunks[3]!.splice(3, 1, Number.NaN),
  "an endless time": (m) => m.chunks.at(-1)!.splice(3, 1, Number.POSITIVE_INFINITY),
  "the number of entries": (m) => {
    m.chunks[3]![4]!++;
    m.entries++;
  },
  "the number of extras": (m) => {
    m.chunks[3]![5]!++;
    m.extras++;
  },
  "a chunk less": (m) => m.chunks.splice(3, 1),
  "the same chunk twice": (m) => m.chunks.splice(3, 1, m.chunks[4]!),
  "a place beyond the end": (m) => m.chunks[3]!.splice(1, 1, 2 ** 40),
  "a keyframe's place": (m) => m.keyframes[1]![0]!++,
  "a keyframe's chunk": (m) => m.keyframes[1]!.splice(3, 1, 2 ** 40),
  "a keyframe of another chunk": (m) => m.keyframes[1]![3]!--,
  "an array's place": (m) => m.arrays[0]!.splice(0, 1, 2 ** 40),
  "the duration": (m) => {
    m.duration = Number.NaN;
  },
  "huge numbers": (m) => m.chunks[3]!.splice(0, 2, 2 ** 63, 2 ** 63),
  "a fraction": (m) => m.chunks[3]!.splice(4, 1, 1.5),
  "negative numbers": (m) => m.chunks[3]!.splice(1, 1, -100),
  "no chunks": (m) => Reflect.deleteProperty(m, "chunks"),
};

test.each(Object.entries(LIES))("an index that lies: %s", async (_, change) => {
  const colors = new Uint8Array([1, 2, 3]);
  const cloud = {
    type: "PointCloudMessage",
    name: "/c",
    ...node,
    props: { colors: { __binary_index: 0, dtype: "|u1" } },
  };
  const entries = [...sample, { time: 3.5, message: withColors(cloud, colors) }];
  const good = ourFile(entries, { duration: 3.5, chunkEntries: 3, keyframeChunks: 1 });
  const page = new Page({ source: { data: lying(good, change).slice().buffer } });
  await page.opened();
  for (const time of [3.5, 0, 0.7, 1.2, 1.4, 1.9, 2.6, 3, 3.5]) {
    await page.seek(time);
    const want = new State();
    for (const e of entries) if (e.time <= time) want.apply(e.message);
    expect(shown(page.state), `at ${time}`).toBe(shown(want));
  }
  expect(page.status.kind).toBe("live");
  expect(page.notes.join()).toMatch(/index of the recording is wrong/);
});

function withColors(message: Message, colors: Uint8Array<ArrayBuffer>): Message {
  return { ...message, props: { colors: new StoredArray(-1, "|u1", colors.length, colors) } };
}

/** A zstd frame of zero bytes, four for each 128 KiB of them. */
function bomb(bytes: number, told = bytes): Uint8Array {
  const block = 128 * 1024;
  const count = bytes / block;
  const out = Buffer.alloc(9 + 4 * count);
  out.writeUInt32LE(0xfd2fb528, 0);
  out[4] = 0xa0;
  out.writeUInt32LE(told, 5);
  for (let i = 0; i < count; i++) {
    out.writeUIntLE((i === count - 1 ? 1 : 0) | 2 | (block << 3), 9 + 4 * i, 3);
  }
  return out;
}

const MiB = 1024 * 1024;

function skippable(magic: number, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

describe("a bomb", () => {
  test.each([
    ["that is told", bomb(400 * MiB)],
    ["that is not told", bomb(400 * MiB, 100)],
  ])("in a file of upstream viser, %s, is refused", async (_, frame) => {
    const bytes = Buffer.concat([Buffer.alloc(8), frame]);
    await expect(open(bytes)).rejects.toThrow(RecordingError);
  });

  test("in the head of a chunk is left out", async () => {
    const { bytes } = ourFile(sample, { duration: 0, chunkEntries: 4, open: true });
    const end = await atEnd(Buffer.concat([bytes, skippable(0x184d2a51, bomb(400 * MiB))]));
    expect(digest(end!.state, load)).toBe(prefixes(sample).at(-1));
    expect(end!.notes.join()).toMatch(/damaged part/);
  });

  test("in place of the index is not opened", async () => {
    const good = ourFile(sample, { duration: 3, chunkEntries: 4 });
    const at = good.manifestAt;
    const index = skippable(0x184d2a54, bomb(400 * MiB));
    const trailer = good.bytes.slice(-32);
    const size = at + index.length + 32;
    new DataView(trailer.buffer).setBigUint64(16, BigInt(size), true);
    const end = await atEnd(Buffer.concat([good.bytes.subarray(0, at), index, trailer]));
    expect(digest(end!.state, load)).toBe(prefixes(sample).at(-1));
    expect(end!.notes.join()).toMatch(/index of the recording is wrong/);
  });

  test("of msgpack, a list that is longer than the file, is no memory", async () => {
    const head = Buffer.concat([
      Buffer.of(0x81),
      encode("messages"),
      Buffer.of(0xdd, 255, 255, 255, 255),
    ]);
    const plain = Buffer.concat([Buffer.alloc(8), head, encode([1, { type: "ResetGuiMessage" }])]);
    plain.writeUInt32LE(plain.length - 8, 0);
    const recording = await open(Buffer.concat([Buffer.alloc(8), storeZstd(plain)]));
    expect(recording.chunks).toHaveLength(1);
    expect(recording.notes.list().join()).toMatch(/cut off/);
  });
});

describe.each(["ours", "new", "old"] as const)("in a recording, %s,", (form) => {
  const made = (entries: Entry[]): Uint8Array =>
    form === "ours"
      ? ourFile(entries, { duration: 3, keyframeChunks: 0, open: true }).bytes
      : upstreamFile(entries, 3, form);

  test("times that go backwards or are none are those before", async () => {
    const times = [1, Number.NaN, 0.5, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2];
    const message = sample[0]!.message;
    const recording = await open(made(times.map((time) => ({ time, message }))));
    const { times: got, count } = await recording.chunk(0);
    expect([...got.subarray(0, count)]).toEqual([1, 1, 1, 2, 2, 2, 2]);
    expect(recording.notes.list().join()).toMatch(/4 entries have no time/);
  });

  test("scripts are counted and not there", async () => {
    const script = { type: "RunJavascriptMessage", source: "alert(1)" };
    const entries = sample.flatMap((e) => [e, { time: e.time, message: script }]);
    const page = new Page({ source: { data: made(entries).slice().buffer } });
    await page.opened();
    await page.seek(3);
    await page.seek(0);
    await page.seek(3);
    expect(page.types.has("RunJavascriptMessage")).toBe(false);
    expect(page.types.has("FrameMessage")).toBe(true);
    expect(page.notes.join()).toContain(`${sample.length} scripts in the recording`);
  });
});
