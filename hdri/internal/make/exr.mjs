// Writes a panorama of the npm package @pmndrs/assets as width, height and float32 RGB, from the top.
// node exr.mjs THREE_FOLDER ASSETS_FOLDER NAME | go run . > ../../presets/NAME.jpg
import { resolve } from "node:path";

const [three, assets, name] = process.argv.slice(2);
const { EXRLoader } = await import(resolve(three, "examples/jsm/loaders/EXRLoader.js"));
const { FloatType } = await import(resolve(three, "build/three.module.js"));
const file = await import(resolve(assets, `hdri/${name}.exr.js`));
const bytes = Uint8Array.from(Buffer.from(file.default.split(",")[1], "base64"));
const { data, width, height } = new EXRLoader().setDataType(FloatType).parse(bytes.buffer);
const out = new Float32Array(3 * width * height);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    // The loader's rows begin at the bottom.
    const from = 4 * ((height - 1 - y) * width + x);
    for (let c = 0; c < 3; c++) out[3 * (y * width + x) + c] = data[from + c];
  }
}
process.stdout.write(Buffer.from(new Uint32Array([width, height]).buffer));
process.stdout.write(Buffer.from(out.buffer));
