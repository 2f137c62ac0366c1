import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientMessage } from "../../contract";
import type { GuiStore } from "../store/guiStore";
import { XSS } from "../testing/xss";
import { PART_BYTES, RESPONSE_TIMEOUT_MS } from "./upload";
import { MAX_FILES, statusText, Uploads } from "./uploads";

let sent: ClientMessage[];
let connected: boolean;
let canCancel: boolean;
let uploads: Uploads;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  connected = true;
  canCancel = true;
  const store = {
    get connected() {
      return connected;
    },
    transfer: (message: ClientMessage) => void sent.push(message),
  } as unknown as GuiStore;
  uploads = new Uploads({ store, canCancel: () => canCancel });
});
afterEach(() => {
  uploads.dispose();
  vi.useRealTimers();
});

/** Lets the file be read. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const file = (name: string, size: number) => new File([new Uint8Array(size)], name);
const of = <T extends ClientMessage["type"]>(type: T) =>
  sent.filter((m): m is Extract<ClientMessage, { type: T }> => m.type === type);
const rows = () => uploads.rows("b").get();
const shown = () => rows().map((row) => `${row.name}: ${statusText(row)}`);

async function acknowledge(bytes: number): Promise<void> {
  const id = of("FileTransferStartUpload").at(-1)!.transfer_uuid;
  uploads.acknowledged({
    type: "FileTransferPartAck",
    source_component_uuid: "b",
    transfer_uuid: id,
    transferred_bytes: bytes,
    total_bytes: 0,
  });
  await settle();
}

describe("one file", () => {
  test("is sent in parts, with a limited number of unacknowledged ones", async () => {
    const size = 20 * PART_BYTES + 3;
    uploads.add("b", [file("a.bin", size)]);
    await settle();
    expect(of("FileTransferStartUpload")[0]).toMatchObject({
      source_component_uuid: "b",
      filename: "a.bin",
      part_count: 21,
      size_bytes: size,
    });
    expect(of("FileTransferPart")).toHaveLength(8);
    await acknowledge(4 * PART_BYTES);
    expect(of("FileTransferPart")).toHaveLength(12);
    expect(rows()[0]!.sent).toBe(4 * PART_BYTES);
    for (let n = 5; n <= 20; n++) await acknowledge(n * PART_BYTES);
    const parts = of("FileTransferPart");
    expect(parts.map((p) => p.part_index)).toEqual([...Array(21).keys()]);
    expect(parts.at(-1)!.content).toHaveLength(3);
    await acknowledge(size);
    expect(shown()).toEqual([`a.bin: 10 MB, sent`]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(rows()).toEqual([]);
  });

  test("that is empty is done with one response", async () => {
    uploads.add("b", [file("empty", 0)]);
    await settle();
    expect(of("FileTransferStartUpload")[0]).toMatchObject({ part_count: 0, size_bytes: 0 });
    expect(rows()[0]!.state).toBe("sending");
    await acknowledge(0);
    expect(shown()).toEqual(["empty: 0 B, sent"]);
    expect(of("FileTransferPart")).toEqual([]);
  });

  test("that the server refuses shows the reason", async () => {
    uploads.add("b", [file("a", 10)]);
    await settle();
    const id = of("FileTransferStartUpload")[0]!.transfer_uuid;
    uploads.refused({
      type: "FileTransferRefusedMessage",
      source_component_uuid: "b",
      transfer_uuid: id,
      reason: "It is too large.",
    });
    expect(shown()).toEqual(["a: It is too large."]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rows(), "an error stays until somebody has read it").toHaveLength(1);
    uploads.cancel("b", rows()[0]!.id);
    expect(rows()).toEqual([]);
    expect(of("FileTransferCancelMessage")).toEqual([]);
  });

  test("that cannot be read, or gets no response, fails with a message", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const folder = file("folder", 10);
    folder.slice = () => {
      throw new Error("not readable");
    };
    uploads.add("b", [folder, file("a", 10)]);
    await settle();
    expect(shown()[0]).toBe(
      "folder: The browser could not read it. Is it a file, and still there?",
    );
    await vi.advanceTimersByTimeAsync(RESPONSE_TIMEOUT_MS);
    expect(shown()[1]).toBe("a: The server does not answer.");
  });

  test.each([true, false])(
    "is canceled; a message is sent if the server supports it: %s",
    async (can) => {
      canCancel = can;
      uploads.add("b", [file("a", 20 * PART_BYTES)]);
      await settle();
      const { id } = rows()[0]!;
      uploads.cancel("b", id);
      const before = sent.length;
      await acknowledge(8 * PART_BYTES);
      expect(sent).toHaveLength(before);
      expect(of("FileTransferCancelMessage").map((m) => m.transfer_uuid)).toEqual(can ? [id] : []);
      expect(rows()).toEqual([]);
    },
  );
});

describe("several files", () => {
  test("are sent one after the other", async () => {
    uploads.add("b", [file("one", 1), file("two", 2), file("three", 3)]);
    await settle();
    expect(rows().map((row) => row.state)).toEqual(["sending", "waiting", "waiting"]);
    uploads.cancel("b", rows()[1]!.id);
    await acknowledge(1);
    expect(shown()).toEqual(["one: 1 B, sent", "three: 0 B of 3 B"]);
    expect(of("FileTransferCancelMessage"), "the second was never announced").toEqual([]);
  });

  test("are not sent to another connection", async () => {
    uploads.add("b", [file("one", 10), file("two", 2)]);
    await settle();
    uploads.connectionLost();
    expect(rows().map((row) => row.state)).toEqual(["failed", "failed"]);
    expect(statusText(rows()[0]!)).toMatch(/connection was lost/);
    connected = false;
    uploads.add("b", [file("three", 1)]);
    expect(statusText(rows()[2]!)).toMatch(/no connection/);
  });

  test("are limited in number", () => {
    uploads.add("b", Array<File>(MAX_FILES + 5).fill(file("a", 1)));
    expect(rows()).toHaveLength(MAX_FILES);
  });
});

test("file names have no path", async () => {
  for (const name of [...XSS, "../../etc/passwd"]) uploads.add("b", [file(name, 1)]);
  await settle();
  for (const row of rows()) expect(row.name).not.toMatch(/[<>/\\"]/);
});
