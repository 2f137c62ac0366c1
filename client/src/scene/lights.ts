/**
 * The default lights: a directional key light from above and behind the viewer's left shoulder, a weak fill light
 * from the other side, and a hemisphere light.
 *
 * Shadow maps of directional lights cover the surroundings of the orbit point, in a size that fits the camera's
 * distance; they are rendered when the scene changes or the camera has moved far enough, not in every frame.
 */
import { DirectionalLight, HemisphereLight, type Light, type Scene, Vector3 } from "three";

/** Direction towards the key light. Up is +y in the three.js world; the default camera is at (-3, 3, -3). */
const KEY_DIRECTION = new Vector3(-0.42, 1, -0.12).normalize();
const FILL_DIRECTION = new Vector3(0.6, 0.35, 0.7).normalize();

const SHADOW_MAP_SIZE = 2048;

/** The shadow camera of a directional light: follows the orbit point, in a size that fits the camera's distance. */
export class DirectionalShadow {
  private readonly toLight = new Vector3(0, 1, 0);
  private readonly center = new Vector3(Number.NaN, 0, 0);
  private radius = 0;

  constructor(readonly light: DirectionalLight) {
    const { shadow } = light;
    shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
    shadow.radius = 2;
    shadow.bias = -0.0002;
  }

  /** Direction towards the light. A zero vector disables the shadow. */
  setDirection(x: number, y: number, z: number): void {
    this.toLight.set(x, y, z).normalize();
    this.reset();
  }

  /** Makes the next cover() recompute the shadow. */
  reset(): void {
    this.radius = 0;
  }

  /** Covers what the camera looks at; returns whether the shadow map must be rendered again. */
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
    if (this.toLight.lengthSq() === 0) return;
    // A directional light depends only on the direction between the two positions.
    light.matrixWorld.setPosition(center.clone().addScaledVector(this.toLight, 2 * radius));
    light.target.matrixWorld.setPosition(center);
    const { shadow } = light;
    const { camera } = shadow;
    camera.left = camera.bottom = -radius;
    camera.right = camera.top = radius;
    camera.near = radius * 0.02;
    camera.far = radius * 4;
    camera.updateProjectionMatrix();
    // 1.5 texels of the shadow map, in world units: avoids shadow acne.
    shadow.normalBias = (1.5 * 2 * radius) / SHADOW_MAP_SIZE;
  }
}

export class DefaultLights {
  private readonly keyLight = new DirectionalLight(0xfffbf5, 2.35);
  private readonly fillLight = new DirectionalLight(0xeaf0ff, 0.5);
  private readonly ambient = new HemisphereLight(0xffffff, 0xcfccc8, 1.1);
  private readonly keyShadow = new DirectionalShadow(this.keyLight);
  /** Shadows of the program's directional lights. */
  readonly directionalShadows = new Set<DirectionalShadow>();
  /** All lights of the program that cast shadows. */
  readonly casters = new Set<Light>();

  constructor(private readonly scene: Scene) {
    this.fillLight.position.copy(FILL_DIRECTION);
    for (const light of [this.keyLight, this.fillLight, this.ambient]) {
      light.matrixAutoUpdate = true;
      light.updateMatrixWorld(true);
    }
    this.keyLight.position.copy(KEY_DIRECTION);
    this.keyLight.updateMatrixWorld(true);
    this.keyShadow.setDirection(KEY_DIRECTION.x, KEY_DIRECTION.y, KEY_DIRECTION.z);
    this.scene.add(this.ambient);
    // As in upstream viser: shadows are on until a program turns them off.
    this.set(true, true);
  }

  get shadows(): boolean {
    return this.casters.size > 0 || this.keyCasts;
  }

  set(enabled: boolean, castShadow: boolean): void {
    this.scene.remove(this.keyLight, this.fillLight, this.keyLight.target);
    if (enabled) this.scene.add(this.keyLight, this.fillLight, this.keyLight.target);
    this.keyLight.castShadow = castShadow;
    if (!castShadow) this.freeShadow();
  }

  /**
   * The hemisphere light stands in for an environment map: it is off once the program has set one, and independent
   * of set(), as in upstream viser.
   */
  setAmbient(on: boolean): void {
    if (on) this.scene.add(this.ambient);
    else this.scene.remove(this.ambient);
  }

  /** Covers what the camera looks at; returns whether the shadow maps must be rendered again. */
  cover(target: Vector3, distance: number): boolean {
    let moved = this.keyCasts && this.keyShadow.cover(target, distance);
    for (const shadow of this.directionalShadows) moved = shadow.cover(target, distance) || moved;
    return moved;
  }

  /** The origin of the three.js world has moved: the shadow cameras are out of date. */
  originMoved(): void {
    this.keyShadow.reset();
    for (const shadow of this.directionalShadows) shadow.reset();
  }

  dispose(): void {
    this.set(false, false);
    this.setAmbient(false);
    for (const light of [this.keyLight, this.fillLight]) light.dispose();
    this.ambient.dispose();
  }

  private get keyCasts(): boolean {
    return this.keyLight.parent !== null && this.keyLight.castShadow;
  }

  private freeShadow(): void {
    this.keyLight.shadow.map?.dispose();
    this.keyLight.shadow.map = null;
    this.keyShadow.reset();
  }
}
