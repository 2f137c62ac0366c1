import { ZSTDDecoder } from "zstddec";
import { FrameError } from "./errors";

/** Inflates a zstd stream that must hold exactly `length` bytes. */
export type Inflate = (compressed: Uint8Array, length: number) => Uint8Array<ArrayBuffer>;

/** Rejects where WebAssembly is missing or forbidden. */
export async function createInflate(): Promise<Inflate> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (compressed, length) => {
    // A failed inflation comes back shorter, not as an exception.
    const bytes = decoder.decode(compressed, length);
    if (bytes.length !== length) throw new FrameError("its zstd part does not inflate");
    return bytes as Uint8Array<ArrayBuffer>;
  };
}
