/** A skinned mesh: each vertex follows up to four bones. */

import {
  Bone,
  type Box3,
  BufferAttribute,
  BufferGeometry,
  Matrix4,
  Raycaster,
  Skeleton,
  SkinnedMesh as ThreeSkinnedMesh,
} from "three";
import type { SkinnedMeshProps } from "../../protocol/messages.gen";
import { faceHit } from "../faceHit";
import { type Origin, originOf, relativeTo, setOrigin, ZERO } from "../localOrigin";
import { BONES, type Bones } from "../place";
import { Pose } from "../pose";
import { triangleGeometry } from "../triangleGeometry";
import type { Hit, Outline, Ray, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { SurfaceMesh } from "./surfaceMesh";
import { surfaceProps } from "./surfaceProps";

type Props = Unchecked<SkinnedMeshProps & Record<typeof BONES, Bones>>;

const raycaster = new Raycaster();
const IDENTITY = new Matrix4();

export class SkinnedMesh extends ObjectVisual {
  private geometry = new BufferGeometry();
  /** Local origin of its vertices and bones, in the node's frame. */
  private origin: Origin = ZERO;
  private surface: SurfaceMesh | null = null;
  private skeleton: Skeleton | null = null;
  private poses: Pose[] = [];

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const look = surfaceProps(props);
    const moved = anyOf(changed, "vertices") && this.setOrigin(props.vertices);
    const bonesChanged = moved || anyOf(changed, "bone_wxyzs", "bone_positions");
    if (bonesChanged) this.makeBones(props);
    if (
      bonesChanged ||
      anyOf(changed, "vertices", "faces", "flat_shading", "skin_indices", "skin_weights")
    ) {
      this.rebuild(props, look.surface.flat);
    }
    if (!this.surface) {
      this.surface = new SurfaceMesh(this.ctx, this.geometry, look, (geometry, material) => {
        const mesh = new ThreeSkinnedMesh(geometry, material);
        // The bounds of the deformed mesh are unknown without a pass over all vertices.
        mesh.frustumCulled = false;
        return mesh;
      });
      this.add(this.surface.mesh);
    }
    this.surface.set(look);
    this.surface.setGeometry(this.geometry);
    setOrigin(this.surface.mesh, this.origin);
    this.surface.setColor(props.color);
    this.surface.mesh.visible =
      this.skeleton !== null && (this.geometry.getIndex()?.count ?? 0) > 0;
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.attach();
    if (anyOf(changed, BONES) || bonesChanged) this.moveBones(props[BONES] as Bones | undefined);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    const mesh = this.surface?.mesh;
    if (!(mesh instanceof ThreeSkinnedMesh) || !mesh.visible) return null;
    raycaster.ray.origin.set(...ray.origin);
    raycaster.ray.direction.set(...ray.direction);
    // The bones may have moved since the sphere was computed.
    mesh.computeBoundingSphere();
    const hits = raycaster.intersectObject(mesh, false);
    return hits[0] ? faceHit(mesh, hits[0], hits[0].distance) : null;
  }

  opaque(): boolean {
    const material = this.surface?.mesh.material;
    return material !== undefined && !material.transparent && !material.wireframe;
  }

  outline(): Outline | null {
    const mesh = this.surface?.mesh;
    if (!(mesh instanceof ThreeSkinnedMesh) || !mesh.visible || !this.skeleton) return null;
    const fromCenter = !this.geometry.hasAttribute("normal");
    return { geometry: this.geometry, matrix: mesh.matrixWorld, skin: mesh, fromCenter };
  }

  bounds(): Box3 | null {
    const mesh = this.surface?.mesh;
    if (!(mesh instanceof ThreeSkinnedMesh) || !mesh.visible) return null;
    mesh.computeBoundingBox();
    return mesh.boundingBox?.applyMatrix4(this.toNode().multiply(mesh.matrixWorld)) ?? null;
  }

  override dispose(): void {
    super.dispose();
    this.surface?.dispose();
    this.geometry.dispose();
    this.skeleton?.dispose();
  }

  /** Returns whether the origin has changed. */
  private setOrigin(vertices: unknown): boolean {
    const before = this.origin;
    this.origin = vertices instanceof Float32Array ? originOf(vertices, before) : ZERO;
    return this.origin !== before;
  }

  private placeBone(bone: Bone, pose: Pose): void {
    const e = bone.matrix.elements;
    pose.toMatrix(e, 0, 1, 1, 1);
    for (let k = 0; k < 3; k++) e[12 + k]! -= this.origin[k]!;
  }

  /** Creates the bones in the rest pose; this.skeleton is null if the properties are invalid. */
  private makeBones(props: Props): void {
    this.skeleton?.bones[0]?.removeFromParent();
    this.skeleton?.dispose();
    this.skeleton = null;
    const { bone_wxyzs: wxyzs, bone_positions: positions } = props;
    const arrays = wxyzs instanceof Float32Array && positions instanceof Float32Array;
    const count = arrays ? positions.length / 3 : 0;
    if (!arrays || !Number.isInteger(count) || count === 0 || wxyzs.length !== 4 * count) {
      this.report(
        "bones",
        "it has no bones, or the numbers of their orientations and positions differ",
      );
      return;
    }
    let bad = 0;
    this.poses = [];
    const bones = Array.from({ length: count }, (_, i) => {
      const pose = new Pose();
      const [w, x, y, z] = wxyzs.subarray(4 * i, 4 * i + 4);
      const [px, py, pz] = positions.subarray(3 * i, 3 * i + 3);
      if (!pose.setWxyz(w!, x!, y!, z!) || !pose.setPosition(px!, py!, pz!)) bad++;
      this.poses.push(pose);
      const bone = new Bone();
      bone.matrixAutoUpdate = false;
      this.placeBone(bone, pose);
      bone.updateMatrixWorld(true);
      return bone;
    });
    this.report("bones", bad > 0 ? `${bad} of its ${count} bones have no finite pose` : null);
    this.skeleton = new Skeleton(bones);
  }

  private rebuild(props: Props, flat: boolean): void {
    const { vertices } = props;
    const relative =
      vertices instanceof Float32Array ? relativeTo(this.origin, vertices) : vertices;
    const { geometry, problem } = triangleGeometry(relative, props.faces, flat);
    this.report("geometry", problem);
    const count = geometry.getAttribute("position").count;
    const { skin_indices: indices, skin_weights: weights } = props;
    const bones = this.skeleton?.bones.length ?? 0;
    const fits =
      indices instanceof Uint16Array &&
      weights instanceof Float32Array &&
      indices.length === 4 * count &&
      weights.length === 4 * count;
    const valid = fits && indices.every((i) => i < bones) && weights.every((w) => w - w === 0);
    const message = fits
      ? "some vertices refer to bones that do not exist, or have weights that are not finite: left out"
      : "there must be four bones and weights for each vertex";
    this.report("skin", valid || bones === 0 ? null : message);
    const boneOf = new Uint16Array(4 * count);
    const weightOf = new Float32Array(4 * count);
    if (fits) {
      for (let i = 0; i < boneOf.length; i++) {
        if (indices[i]! >= bones || !Number.isFinite(weights[i])) continue;
        boneOf[i] = indices[i]!;
        weightOf[i] = weights[i]!;
      }
    }
    geometry.setAttribute("skinIndex", new BufferAttribute(boneOf, 4));
    geometry.setAttribute("skinWeight", new BufferAttribute(weightOf, 4));
    this.geometry.dispose();
    this.geometry = geometry;
  }

  /** Adds the bones to the mesh, in whose frame they are, and binds its shadow overlay to the same skeleton. */
  private attach(): void {
    const { skeleton, surface } = this;
    if (!skeleton || !surface) return;
    for (const bone of skeleton.bones) if (bone.parent !== surface.mesh) surface.mesh.add(bone);
    surface.mesh.traverse((o) => {
      if (o instanceof ThreeSkinnedMesh && o.skeleton !== skeleton) o.bind(skeleton, IDENTITY);
    });
    surface.mesh.updateMatrixWorld(true);
  }

  private moveBones(moves: Bones | undefined): void {
    const { skeleton } = this;
    if (!skeleton) return;
    let bad = 0;
    for (const [i, { wxyz: q, position: p }] of moves ?? []) {
      const pose = this.poses[i];
      const bone = skeleton.bones[i];
      const moved =
        pose !== undefined &&
        (!q || pose.setWxyz(q[0]!, q[1]!, q[2]!, q[3]!)) &&
        (!p || pose.setPosition(p[0]!, p[1]!, p[2]!));
      if (!moved) bad++;
      if (pose && bone) this.placeBone(bone, pose);
    }
    this.report("bone", bad > 0 ? "an unknown bone was moved, or a bone pose is not finite" : null);
    this.surface?.mesh.updateMatrixWorld(true);
  }
}
