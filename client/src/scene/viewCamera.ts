/**
 * The camera of a view, in perspective or with parallel rays. It is a perspective camera for whoever moves it: the
 * parallel picture shows what the perspective one shows at a distance ahead of it, the distance of what it looks at.
 */
import { type Camera, PerspectiveCamera, type Vector2, Vector3 } from "three";

/**
 * How much of the scene a parallel picture shows before and behind the camera, in distances of what it looks at:
 * enough for a scene around a detail, and little enough for depths that the graphics card can tell apart.
 */
const REACH = 1000;
/** How far back the origin of a parallel ray is: it is nearly parallel to those of its neighbors then. */
const RAY_BACK = 10 * REACH;

export class ViewCamera extends PerspectiveCamera {
  /** For three.js, whose shaders have parallel rays then. */
  isOrthographicCamera = false;
  private distance = 0;

  /** With parallel rays, and the height of the perspective picture at this distance; 0: in perspective. */
  setParallel(distance: number): void {
    if (distance === this.distance) return;
    this.distance = distance;
    this.isOrthographicCamera = distance > 0;
    this.updateProjectionMatrix();
  }

  /** How far back the rays begin that go through the pixels of a parallel picture. */
  get rayBack(): number {
    return RAY_BACK * this.distance;
  }

  /** What a picture shows to each side, in scene units, or in slopes in perspective. Tiles have the extent of the whole. */
  halfView(out: Vector2): Vector2 {
    const y = Math.tan((this.fov * Math.PI) / 360) * (this.distance > 0 ? this.distance : 1);
    return out.set(y * this.aspect, y);
  }

  override copy(source: this, recursive?: boolean): this {
    super.copy(source, recursive);
    this.setParallel(source.distance ?? 0);
    return this;
  }

  override updateProjectionMatrix(): void {
    // Called by the constructor of the parent, before there are fields.
    if (!(this.distance > 0)) {
      super.updateProjectionMatrix();
      return;
    }
    const { view, far, distance } = this;
    let height = 2 * distance * Math.tan((this.fov * Math.PI) / 360);
    let width = this.aspect * height;
    let left = -0.5 * width;
    let top = 0.5 * height;
    if (view?.enabled) {
      left += (view.offsetX * width) / view.fullWidth;
      top -= (view.offsetY * height) / view.fullHeight;
      width *= view.width / view.fullWidth;
      height *= view.height / view.fullHeight;
    }
    const reach = Math.min(far, REACH * distance);
    const right = left + width;
    const { coordinateSystem, reversedDepth } = this;
    const [near, end] = [-reach, distance + reach];
    this.projectionMatrix.makeOrthographic(
      left,
      right,
      top,
      top - height,
      near,
      end,
      coordinateSystem,
      reversedDepth,
    );
    this.projectionMatrixInverse.copy(this.projectionMatrix).invert();
  }
}

/** Whether a camera has parallel rays. */
export function isParallel(camera: Camera): boolean {
  return camera.projectionMatrix.elements[15] === 1;
}

/** Halves of what the whole picture shows: of any camera that draws the scene. */
export function halfViewOf(camera: Camera, out: Vector2): Vector2 {
  return (camera as ViewCamera).halfView(out);
}

/** The point from which distances order what is drawn: with parallel rays, one far behind the camera. */
export function sortPoint(camera: Camera, out: Vector3): Vector3 {
  out.setFromMatrixPosition(camera.matrixWorld);
  const e = camera.matrixWorld.elements;
  // A hundred heights of the picture are far enough, and near enough for single precision.
  const back = isParallel(camera) ? 200 / camera.projectionMatrix.elements[5]! : 0;
  return out.add(new Vector3(e[8], e[9], e[10]).multiplyScalar(back));
}
