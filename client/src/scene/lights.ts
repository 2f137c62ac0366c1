/**
 * The light that a scene has before its program lights it: a sun high behind the viewer's left shoulder, a
 * weak light from the other side that gives shape to what the sun does not reach, and light from all around.
 *
 * The sun's shadows cover what the camera orbits around, in a size that fits its distance; they are drawn
 * anew when the scene changes or the camera has moved on, not in every frame.
 */
import { DirectionalLight, HemisphereLight, type Scene, Vector3 } from "three";

/** Towards the sun. Up is +y in the three.js world, and the default camera looks from (-3, 3, -3). */
const SUN = new Vector3(-0.42, 1, -0.12).normalize();
const FILL = new Vector3(0.6, 0.35, 0.7).normalize();

const SHADOW_MAP_SIZE = 2048;

export class DefaultLights {
  private readonly sun = new DirectionalLight(0xfffbf5, 2.35);
  private readonly fill = new DirectionalLight(0xeaf0ff, 0.5);
  private readonly around = new HemisphereLight(0xffffff, 0xcfccc8, 1.1);
  private readonly centre = new Vector3(Number.NaN, 0, 0);
  private radius = 0;

  constructor(private readonly scene: Scene) {
    const { shadow } = this.sun;
    shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
    shadow.radius = 2;
    shadow.bias = -0.0002;
    this.fill.position.copy(FILL);
    for (const light of [this.sun, this.fill, this.around]) {
      light.matrixAutoUpdate = true;
      light.updateMatrixWorld(true);
    }
    this.sun.position.copy(SUN);
    this.sun.updateMatrixWorld(true);
    // As viser's page: shadows are on until a program turns them off.
    this.set(true, true);
  }

  get shadows(): boolean {
    return this.sun.parent !== null && this.sun.castShadow;
  }

  set(enabled: boolean, castShadow: boolean): void {
    this.scene.remove(this.sun, this.fill, this.around, this.sun.target);
    if (enabled) this.scene.add(this.sun, this.fill, this.around, this.sun.target);
    this.sun.castShadow = castShadow;
    if (!castShadow) this.freeShadow();
  }

  /** Says whether the shadows must be drawn anew to cover what the camera looks at. */
  cover(target: Vector3, distance: number): boolean {
    if (!this.shadows) return false;
    const wanted = Math.min(Math.max(distance, 1e-3), 1e6) * 1.8;
    const near = this.centre.distanceTo(target) < 0.2 * this.radius;
    const ratio = wanted / this.radius;
    if (near && ratio < 1.25 && ratio > 0.65) return false;
    this.centre.copy(target);
    this.radius = wanted;
    this.aim();
    return true;
  }

  dispose(): void {
    this.set(false, false);
    for (const light of [this.sun, this.fill]) light.dispose();
    this.around.dispose();
  }

  private aim(): void {
    const { sun, centre, radius } = this;
    sun.position
      .copy(SUN)
      .multiplyScalar(2 * radius)
      .add(centre);
    sun.target.position.copy(centre);
    sun.updateMatrixWorld(true);
    sun.target.updateMatrixWorld(true);
    const { shadow } = sun;
    const { camera } = shadow;
    camera.left = camera.bottom = -radius;
    camera.right = camera.top = radius;
    camera.near = radius * 0.02;
    camera.far = radius * 4;
    camera.updateProjectionMatrix();
    // Half a texel off the surface, along its normal: else it shades itself.
    shadow.normalBias = (1.5 * 2 * radius) / SHADOW_MAP_SIZE;
  }

  private freeShadow(): void {
    this.sun.shadow.map?.dispose();
    this.sun.shadow.map = null;
    this.radius = 0;
  }
}
