/** The colormaps of package colormap, as seventeen colors each, between which the page interpolates. */
const SAMPLES: Readonly<Record<string, string>> = {
  viridis:
    "44015448186a472d7b4240863b528b33638d2c728e26828e21918c1fa08828ae803fbc735ec96284d44baddc30d8e219fde725",
  plasma:
    "0d08873105974c02a16600a77e03a89511a1aa2395bc3587cc4778da5a6ae66c5cf0804ef89540fdac33fdc527f8df25f0f921",
  inferno:
    "0000040b0724210c4a3d096557106e71196e8a226aa32c61bc3754d24644e45a31f1731df98e09fcac11f9cb35f2ea69fcffa4",
  magma:
    "0000040a08221d114736106b51127c6a1c818326819c2e7fb73779d0416fe75263f56b5cfc8961fea772fec488fde2a3fcfdbf",
  cividis:
    "00224e002e6a1a386f32436d434e6c535a6d61656f6f70737d7c788c88789b9476aba072bcae6ccdbb63dec958f0d846fee838",
  turbo:
    "30123b4040a2466be34294ff28bceb18ddc232f2986dfe62a4fc3ccdec34eecf3afdac34fb7e21eb500ed02f05a916017a0403",
  coolwarm:
    "3b4cc04e68d86282ea779af78db0fea3c2feb9d0f9ccd9eddddcdcecd3c5f5c4acf7b093f4987aeb7d62dd5f4bca3b37b40426",
  gray: "000000101010202020303030404040505050606060707070808080909090a0a0a0b0b0b0c0c0c0d0d0d0e0e0e0f0f0f0ffffff",
};

export const COLORMAPS: readonly string[] = Object.keys(SAMPLES);

const tables = new Map<string, Uint32Array>();

/** 256 colors, opaque, as the memory of a canvas has them; of an unknown name those of turbo. */
export function colorTable(name: string): Uint32Array {
  const known = SAMPLES[name] ? name : "turbo";
  let table = tables.get(known);
  if (!table) {
    table = makeTable(SAMPLES[known]!);
    tables.set(known, table);
  }
  return table;
}

function makeTable(samples: string): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * 256);
  const last = samples.length / 6 - 1;
  const at = (i: number, channel: number) =>
    Number.parseInt(samples.slice(6 * i + 2 * channel, 6 * i + 2 * channel + 2), 16);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * last;
    const below = Math.min(last - 1, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const [a, b] = [at(below, channel), at(below + 1, channel)];
      bytes[4 * i + channel] = a + (b - a) * (place - below);
    }
    bytes[4 * i + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}
