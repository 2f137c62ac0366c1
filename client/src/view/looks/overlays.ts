/**
 * Lines and back sides over the surfaces. Each surface has companions: objects that share its matrix, its instances and
 * bones, and its geometry or the buffers of it. They are in the scene only while a picture is drawn, and are no
 * children of the surfaces, so that nothing else meets them.
 */
import {
  BackSide,
  Color,
  Group,
  LineBasicMaterial,
  LineSegments,
  type Material,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  ShaderChunk,
} from "three";
import { applyMirrors, hasMirrors } from "../../scene/mirrored";
import { EdgeCache } from "./edgeCache";
import type { LookName, LookSet } from "./names";
import { forEachSurface, type Surface } from "./surfaces";

const INK = new Color(0x16181c);
const PINK = new Color(0xe83e8c);
/** Lines are drawn closer to the camera than their surface by this part of the distance. */
const LIFT = 0.0015;

type Companion = Mesh | LineSegments;
type Kind = Extract<LookName, "edges" | "wireframe" | "back_faces">;
const KINDS: readonly Kind[] = ["back_faces", "wireframe", "edges"];

export class Overlays {
  private readonly group = new Group();
  private readonly edgeCache: EdgeCache;
  private readonly companions = new WeakMap<Surface, Partial<Record<Kind, Companion>>>();
  private readonly materials = {
    edges: lifted(new LineBasicMaterial({ color: INK, toneMapped: false, depthWrite: false })),
    wireframe: lifted(
      new MeshBasicMaterial({
        color: INK,
        wireframe: true,
        toneMapped: false,
        transparent: true,
        opacity: 0.45,
        depthWrite: false,
      }),
    ),
    back_faces: backFaces(),
    mirrored: backFaces(),
  };

  constructor(redraw: () => void) {
    this.edgeCache = new EdgeCache(redraw);
    this.group.matrixAutoUpdate = false;
    applyMirrors(this.materials.mirrored);
  }

  begin(scene: Object3D, looks: LookSet): void {
    const kinds = KINDS.filter((kind) => looks.has(kind));
    if (kinds.length === 0) return;
    this.edgeCache.begin();
    const { children } = this.group;
    forEachSurface(scene, (surface) => {
      for (const kind of kinds) {
        const companion = this.companion(surface, kind);
        if (companion) children.push(companion);
      }
    });
    scene.add(this.group);
  }

  end(): void {
    this.group.removeFromParent();
    this.group.children.length = 0;
  }

  dispose(): void {
    this.edgeCache.dispose();
    for (const material of Object.values(this.materials)) material.dispose();
  }

  /** null: there is nothing to draw. */
  private companion(surface: Surface, kind: Kind): Companion | null {
    // A wireframe of the program's has its lines already.
    if (kind !== "back_faces" && (surface.material as { wireframe?: boolean }).wireframe)
      return null;
    const geometry = kind === "edges" ? this.edgeCache.of(surface.geometry) : surface.geometry;
    if (!geometry) return null;
    const known = this.companions.get(surface) ?? {};
    this.companions.set(surface, known);
    known[kind] ??= kind === "edges" ? new LineSegments() : new Mesh();
    const companion = known[kind];
    // After the surfaces: what is drawn over a line later would hide it, as it has no depth.
    companion.renderOrder = kind === "back_faces" ? 0 : 1;
    companion.geometry = geometry;
    companion.material = this.materialOf(surface, kind);
    imitate(surface, companion);
    return companion;
  }

  private materialOf(surface: Surface, kind: Kind): Material {
    const mirrors = kind === "back_faces" && [surface.material].flat().some(hasMirrors);
    return this.materials[mirrors ? "mirrored" : kind];
  }
}

/** Makes three.js draw one object where and how it draws the other: its instances, bones and morph targets. */
function imitate(surface: Surface, companion: Companion): void {
  const s = surface as unknown as Record<string, unknown>;
  const c = companion as unknown as Record<string, unknown>;
  companion.matrixAutoUpdate = false;
  companion.matrixWorldAutoUpdate = false;
  companion.matrixWorld = surface.matrixWorld;
  companion.frustumCulled = surface.frustumCulled && companion instanceof Mesh;
  companion.layers = surface.layers;
  for (const name of SHARED) if (name in s) c[name] = s[name];
  if (surface.isInstancedMesh) c.instanceColor = null;
}

const SHARED = [
  ...["isInstancedMesh", "instanceMatrix", "morphTexture", "count"],
  ...["isSkinnedMesh", "skeleton", "bindMode", "bindMatrix", "bindMatrixInverse"],
  "morphTargetInfluences",
];

/** Moves what it draws towards the camera, so that it wins over the surface that it is on. */
function lifted<M extends Material>(material: M, more?: (shader: Shader) => void): M {
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace(
      "#include <project_vertex>",
      ShaderChunk.project_vertex.replace(
        "gl_Position =",
        `if (projectionMatrix[3][3] == 1.0) mvPosition.z += ${LIFT} * abs(mvPosition.z);
  else mvPosition.xyz *= ${1 - LIFT};
  gl_Position =`,
      ),
    );
    more?.(shader);
  };
  return material;
}

interface Shader {
  vertexShader: string;
  fragmentShader: string;
}

/** Brighter where it faces the camera: without lights, so that it is never dark. */
function backFaces(): MeshBasicMaterial {
  return lifted(
    new MeshBasicMaterial({ color: PINK, side: BackSide, toneMapped: false }),
    (shader) => {
      shader.vertexShader = shader.vertexShader
        .replace("void main() {", "varying vec3 vAt;\nvoid main() {")
        .replace("gl_Position =", "vAt = mvPosition.xyz;\n  gl_Position =");
      shader.fragmentShader = shader.fragmentShader
        .replace("void main() {", "varying vec3 vAt;\nvoid main() {")
        .replace(
          "#include <opaque_fragment>",
          "outgoingLight *= 0.5 + 0.5 * abs(normalize(cross(dFdx(vAt), dFdy(vAt))).z);\n#include <opaque_fragment>",
        );
    },
  );
}
