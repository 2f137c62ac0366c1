/** The messages of internal/fold's vectors: of every type, and random ones. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Decoder } from "@msgpack/msgpack";
import type { Message } from "../message";
import { messageMaker } from "../recording";
import { type ArrayValue, StoredArray, withArrays } from "../values";

export interface Vector {
  name: string;
  steps: { message: string; arrays?: string[]; digest: string }[];
}

const file = join(import.meta.dirname, "../../../../internal/fold/testdata/vectors.json");

export const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8"));

/** The messages of a vector, with the bytes of their arrays; null for what is none. */
export function messagesOfVector({ steps }: Vector): (Message | null)[] {
  return steps.map(({ message, arrays }) => {
    const data = (arrays ?? []).map((base64) => new Uint8Array(Buffer.from(base64, "base64")));
    const make = messageMaker((index) => data[index]?.length);
    const value = make(new Decoder().decode(Buffer.from(message, "base64")));
    return value && withData(value, data);
  });
}

function withData(message: Message, data: readonly Uint8Array<ArrayBuffer>[]): Message {
  return withArrays(message, (array: ArrayValue) => {
    const { index, dtype, bytes } = array as StoredArray;
    return new StoredArray(-1, dtype, bytes, data[index]!);
  }) as Message;
}
