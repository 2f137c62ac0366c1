/**
 * The light that a scene has before its program lights it: a sun high behind the viewer's left shoulder, a
 * weak light from the other side that gives shape to what the sun does not reach, and light from all around.
 *
 * The sun's shadows cover what the camera orbits around, in a size that fits its distance; they are drawn
 * again when the scene changes or the camera has moved on, not in every frame.
 */
import { DirectionalLight, HemisphereLight, type Light, type Scene, Vector3 } from "three";

/** Towards the sun. Up is +y in the three.js world, and the default camera looks from (-3, 3, -3). */
const SUN = new Vector3(-0.42, 1, -0.12).normalize();
const FILL = new Vector3(0.6, 0.35, 0.7).normalize();

const SHADOW_MAP_SIZE = 2048;

/** The shadow of a light from far away: it covers what the camera orbits around, in a size that fits. */
export class SunShadow {
  private readonly towards = new Vector3(0, 1, 0);
  private readonly center = new Vector3(Number.NaN, 0, 0);
  private radius = 0;

  constructor(readonly light: DirectionalLight) {
    const { shadow } = light;
    shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
    shadow.radius = 2;
    shadow.bias = -0.0002;
  }

  /** Towards the light. Without a length there is no shadow either. */
  setDirection(x: number, y: number, z: number): void {
    this.towards.set(x, y, z).normalize();
    this.reset();
  }

  /** The next cover() counts as the first. */
  reset(): void {
    this.radius = 0;
  }

  /** Says whether the shadow must be drawn again to cover what the camera looks at. */
  cover(target: Vector3, distance: number): boolean {
    const wanted = Math.min(Math.max(distance, 1e-3), 1e6) * 1.8;
    const near = this.center.distanceTo(target) < 0.2 * this.radius;
    const ratio = wanted / this.radius;
    if (near && ratio < 1.25 && ratio > 0.65) return false;
    this.center.copy(target);
    this.radius = wanted;
    this.aim();
    return true;
  }

  private aim(): void {
    const { light, center, radius } = this;
    if (this.towards.lengthSq() === 0) return;
    // Only the direction between the two counts for the light.
    light.matrixWorld.setPosition(center.clone().addScaledVector(this.towards, 2 * radius));
    light.target.matrixWorld.setPosition(center);
    const { shadow } = light;
    const { camera } = shadow;
    camera.left = camera.bottom = -radius;
    camera.right = camera.top = radius;
    camera.near = radius * 0.02;
    camera.far = radius * 4;
    camera.updateProjectionMatrix();
    // Half a texel off the surface, along its normal: else it shades itself.
    shadow.normalBias = (1.5 * 2 * radius) / SHADOW_MAP_SIZE;
  }
}

export class DefaultLights {
  private readonly sun = new DirectionalLight(0xfffbf5, 2.35);
  private readonly fill = new DirectionalLight(0xeaf0ff, 0.5);
  private readonly around = new HemisphereLight(0xffffff, 0xcfccc8, 1.1);
  private readonly sunShadow = new SunShadow(this.sun);
  /** Directional lights of the program that throw shadows. */
  readonly suns = new Set<SunShadow>();
  /** All lights of the program that throw shadows. */
  readonly casters = new Set<Light>();

  constructor(private readonly scene: Scene) {
    this.fill.position.copy(FILL);
    for (const light of [this.sun, this.fill, this.around]) {
      light.matrixAutoUpdate = true;
      light.updateMatrixWorld(true);
    }
    this.sun.position.copy(SUN);
    this.sun.updateMatrixWorld(true);
    this.sunShadow.setDirection(SUN.x, SUN.y, SUN.z);
    this.scene.add(this.around);
    // As viser's page: shadows are on until a program turns them off.
    this.set(true, true);
  }

  get shadows(): boolean {
    return this.casters.size > 0 || this.sunCasts;
  }

  set(enabled: boolean, castShadow: boolean): void {
    this.scene.remove(this.sun, this.fill, this.sun.target);
    if (enabled) this.scene.add(this.sun, this.fill, this.sun.target);
    this.sun.castShadow = castShadow;
    if (!castShadow) this.freeShadow();
  }

  /**
   * The light from all around stands for surroundings. It goes when the program says what these are, and
   * not with the lamps: as on viser's page.
   */
  setAround(on: boolean): void {
    if (on) this.scene.add(this.around);
    else this.scene.remove(this.around);
  }

  /** Says whether the shadows must be drawn again to cover what the camera looks at. */
  cover(target: Vector3, distance: number): boolean {
    let moved = this.sunCasts && this.sunShadow.cover(target, distance);
    for (const sun of this.suns) moved = sun.cover(target, distance) || moved;
    return moved;
  }

  /** The three.js world's zero has moved: what the shadows cover is elsewhere. */
  originMoved(): void {
    this.sunShadow.reset();
    for (const sun of this.suns) sun.reset();
  }

  dispose(): void {
    this.set(false, false);
    this.setAround(false);
    for (const light of [this.sun, this.fill]) light.dispose();
    this.around.dispose();
  }

  private get sunCasts(): boolean {
    return this.sun.parent !== null && this.sun.castShadow;
  }

  private freeShadow(): void {
    this.sun.shadow.map?.dispose();
    this.sun.shadow.map = null;
    this.sunShadow.reset();
  }
}
