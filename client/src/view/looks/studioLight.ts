/** Soft light from all around: a formula in a small panorama, which three.js filters once. */
import {
  DataTexture,
  DataUtils,
  EquirectangularReflectionMapping,
  HalfFloatType,
  LinearFilter,
  LinearSRGBColorSpace,
  RepeatWrapping,
  RGBAFormat,
} from "three";

const WIDTH = 64;
const HEIGHT = 32;

/** Lamps with soft edges: the direction (y is up), the radiance in its middle, and how wide it is. */
const LAMPS = [
  { x: -0.6, y: 0.7, z: -0.4, radiance: 0.7, width: 0.12 },
  { x: 0.7, y: 0.4, z: 0.6, radiance: 0.5, width: 0.15 },
  { x: 0.2, y: 0.25, z: -0.95, radiance: 0.35, width: 0.08 },
];

/** The caller disposes of it. */
export function studioPanorama(): DataTexture {
  const data = new Uint16Array(WIDTH * HEIGHT * 4);
  for (let row = 0; row < HEIGHT; row++) {
    const up = ((row + 0.5) / HEIGHT - 0.5) * Math.PI;
    for (let column = 0; column < WIDTH; column++) {
      const around = ((column + 0.5) / WIDTH - 0.5) * 2 * Math.PI;
      const flat = Math.cos(up);
      const [r, g, b] = radiance(flat * Math.cos(around), Math.sin(up), flat * Math.sin(around));
      const at = 4 * (row * WIDTH + column);
      for (const [k, v] of [r, g, b, 1].entries()) data[at + k] = DataUtils.toHalfFloat(v!);
    }
  }
  const texture = new DataTexture(data, WIDTH, HEIGHT, RGBAFormat, HalfFloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.colorSpace = LinearSRGBColorSpace;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.wrapS = RepeatWrapping;
  texture.needsUpdate = true;
  return texture;
}

/** A light ceiling and a darker, warmer floor, with lamps: from above about as much light as the default ambient light. */
function radiance(x: number, y: number, z: number): [number, number, number] {
  const sky = 0.5 + 0.5 * Math.max(-1, Math.min(1, y / 0.6));
  let lamps = 0;
  for (const lamp of LAMPS) {
    const length = Math.hypot(lamp.x, lamp.y, lamp.z);
    const cos = (x * lamp.x + y * lamp.y + z * lamp.z) / length;
    lamps += lamp.radiance * Math.exp((cos - 1) / lamp.width);
  }
  const base = 0.13 + 0.04 * sky + lamps;
  return [base * (1.02 - 0.02 * sky), base, base * (0.97 + 0.05 * sky)];
}
