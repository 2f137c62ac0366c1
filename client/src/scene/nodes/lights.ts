/**
 * The six kinds of lights. Directions follow three.js: directional and hemisphere lights use their node's position
 * relative to the scene's origin, the others their node's pose.
 */

import {
  type Light,
  type LightShadow,
  type PerspectiveCamera,
  AmbientLight as ThreeAmbient,
  DirectionalLight as ThreeDirectional,
  HemisphereLight as ThreeHemisphere,
  PointLight as ThreePoint,
  RectAreaLight as ThreeRectArea,
  SpotLight as ThreeSpot,
} from "three";
import type {
  DirectionalLightProps,
  HemisphereLightProps,
  PointLightProps,
  RectAreaLightProps,
  SpotLightProps,
} from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { DirectionalShadow } from "../lights";
import { Pose } from "../pose";
import { linearRgb } from "../surfaces";
import type { Report, Unchecked } from "../visual";
import { ObjectVisual } from "./object";

const SHADOW_MAP_SIZE = 1024;
/** Near plane of point light shadows, scene units: nearer objects cast none, unless the light's range is shorter. */
const SHADOW_NEAR = 0.02;
/** Margin to cone angles of 0 and of a half space, for which there is no shadow camera. */
const MIN_ANGLE = 1e-3;
const MAX_ANGLE = 1.55;

type Props = Unchecked<
  DirectionalLightProps &
    HemisphereLightProps &
    PointLightProps &
    RectAreaLightProps &
    SpotLightProps
>;

abstract class LightVisual<L extends Light> extends ObjectVisual {
  constructor(
    ctx: SceneContext,
    report: Report,
    protected readonly light: L,
  ) {
    super(ctx, report);
    this.light.position.set(0, 0, 0);
    this.light.updateMatrix();
    this.add(light);
  }

  update(props: Props): void {
    this.light.color.setRGB(...linearRgb(props.color ?? props.sky_color));
    this.light.intensity = this.number(props, "intensity");
    this.take(props);
    this.ctx.requestRender();
  }

  override dispose(): void {
    super.dispose();
    this.ctx.lights.casters.delete(this.light);
    this.light.dispose();
  }

  protected take(_props: Props): void {}

  /** Reads a non-negative number; an invalid one is reported and read as 0. */
  protected number(props: Props, name: keyof Props): number {
    const x = props[name];
    const ok = typeof x === "number" && x >= 0 && x < Infinity;
    this.report(name, ok ? null : `its ${name} must be a finite number, 0 or more`);
    return ok ? x : 0;
  }

  protected castShadow(cast: boolean): void {
    this.light.castShadow = cast;
    if (cast) this.ctx.lights.casters.add(this.light);
    else this.ctx.lights.casters.delete(this.light);
    const { shadow } = this.light as { shadow?: LightShadow };
    if (cast || !shadow?.map) return;
    shadow.map.dispose();
    shadow.map = null;
  }
}

export class AmbientLight extends LightVisual<ThreeAmbient> {
  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report, new ThreeAmbient());
  }
}

export class HemisphereLight extends LightVisual<ThreeHemisphere> {
  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report, new ThreeHemisphere());
  }

  protected override take(props: Props): void {
    this.light.groundColor.setRGB(...linearRgb(props.ground_color));
  }

  /** Its direction is that of its node's position relative to the scene's origin. */
  override setPose(world: Pose): void {
    super.setPose(new Pose().copy(world).translate(this.ctx.origin));
  }
}

export class DirectionalLight extends LightVisual<ThreeDirectional> {
  private readonly sun: DirectionalShadow;

  constructor(ctx: SceneContext, report: Report) {
    const light = new ThreeDirectional();
    super(ctx, report, light);
    this.sun = new DirectionalShadow(light);
  }

  protected override take(props: Props): void {
    this.castShadow(props.cast_shadow === true);
    if (this.light.castShadow) this.ctx.lights.directionalShadows.add(this.sun);
    else this.ctx.lights.directionalShadows.delete(this.sun);
    this.face();
  }

  override setPose(world: Pose): void {
    super.setPose(world);
    this.face();
    const { px, py, pz } = new Pose().copy(world).translate(this.ctx.origin);
    const none = px === 0 && py === 0 && pz === 0;
    this.report(
      "direction",
      none ? "it is at the origin of the world, so it has no direction" : null,
    );
    this.sun.setDirection(px, py, pz);
  }

  override dispose(): void {
    super.dispose();
    this.ctx.lights.directionalShadows.delete(this.sun);
  }

  /** Points from its node to the scene's origin; a shadow moves both ends, but not the direction. */
  private face(): void {
    const [x, y, z] = this.ctx.origin;
    this.light.target.matrixWorld.makeTranslation(-x, -y, -z);
    this.group.updateMatrixWorld(true);
    this.sun.reset();
  }
}

/** Sets up the shadow of a light with a position. */
function setUpShadow(shadow: LightShadow<PerspectiveCamera>): void {
  shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
  shadow.camera.near = SHADOW_NEAR;
  shadow.normalBias = 0.02;
  shadow.bias = -0.0005;
}

export class PointLight extends LightVisual<ThreePoint> {
  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report, new ThreePoint());
    setUpShadow(this.light.shadow);
  }

  protected override take(props: Props): void {
    this.light.distance = this.number(props, "distance");
    this.light.decay = this.number(props, "decay");
    this.castShadow(props.cast_shadow === true);
  }
}

export class SpotLight extends LightVisual<ThreeSpot> {
  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report, new ThreeSpot());
    this.add(this.light.target);
    setUpShadow(this.light.shadow);
  }

  protected override take(props: Props): void {
    this.light.distance = this.number(props, "distance");
    this.light.decay = this.number(props, "decay");
    this.light.angle = Math.min(Math.max(this.number(props, "angle"), MIN_ANGLE), MAX_ANGLE);
    this.light.penumbra = Math.min(this.number(props, "penumbra"), 1);
    this.aim(props.direction);
    this.castShadow(props.cast_shadow === true);
  }

  private aim(direction: unknown): void {
    const [x, y, z] = Array.isArray(direction) ? direction.map(Number) : [];
    const length = Math.hypot(x!, y!, z!);
    const ok = length > 0 && length < Infinity;
    this.report("direction", ok ? null : "its direction must be three finite numbers, not all 0");
    const { target } = this.light;
    if (ok) target.position.set(x! / length, y! / length, z! / length);
    else target.position.set(0, 0, -1);
    target.updateMatrix();
    this.group.updateMatrixWorld(true);
  }
}

/** The lookup tables of area lights are large: loaded with the first such light, which is shown afterwards. */
let tables: Promise<void> | null = null;

function areaTables(): Promise<void> {
  tables ??= import("three/examples/jsm/lights/RectAreaLightUniformsLib.js").then(
    ({ RectAreaLightUniformsLib }) => RectAreaLightUniformsLib.init(),
  );
  return tables;
}

export class RectAreaLight extends LightVisual<ThreeRectArea> {
  private gone = false;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report, new ThreeRectArea());
    this.light.visible = false;
    const ready = areaTables().then(
      () => {
        if (this.gone) return;
        this.light.visible = true;
        this.ctx.requestRender();
      },
      () => {
        tables = null;
        if (!this.gone) this.report("tables", "the code for these lights could not be loaded");
      },
    );
    ctx.images.wait(ready);
  }

  protected override take(props: Props): void {
    this.light.width = this.number(props, "width");
    this.light.height = this.number(props, "height");
  }

  override dispose(): void {
    this.gone = true;
    super.dispose();
  }
}
