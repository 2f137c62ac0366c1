// Writes a .ksplat file of two sections and small buckets: node make.mjs degree1.ply out.ksplat LEVEL
import { readFileSync, writeFileSync } from "node:fs";

globalThis.window ??= { setTimeout };
const library = "@mkkellogg/gaussian-splats-3d/build/gaussian-splats-3d.module.js";
const { PlyParser, SplatBufferGenerator } = await import(`${process.env.NODE_MODULES}/${library}`);

const [, , from, to, level] = process.argv;
const bytes = readFileSync(from);
const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const splats = PlyParser.parseToUncompressedSplatArray(data, Number(/\d/.exec(from)[0]));
const [opacity, perSection, blockSize, bucketSize] = [1, 8, 3, 2];
const generator = SplatBufferGenerator.getStandardGenerator(
  opacity,
  Number(level),
  perSection,
  undefined,
  blockSize,
  bucketSize,
);
const buffer = generator.generateFromUncompressedSplatArray(splats);
writeFileSync(to, new Uint8Array(buffer.bufferData));
