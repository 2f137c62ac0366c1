/** Validation of received triangles, so that invalid indices or numbers never reach the GPU. */

export interface Triangles {
  vertices: Float32Array;
  faces: Uint32Array;
  /** Problem with them; the valid ones are drawn. */
  problem: string | null;
}

const NONE = { vertices: new Float32Array(), faces: new Uint32Array() };

/** Leaves out faces with invalid indices or non-finite vertices. Copies only if there are any. */
export function checkTriangles(vertices: unknown, faces: unknown): Triangles {
  if (!(vertices instanceof Float32Array) || !(faces instanceof Uint32Array)) {
    return { ...NONE, problem: "its vertices and faces must be arrays of numbers" };
  }
  if (vertices.length % 3 !== 0 || faces.length % 3 !== 0) {
    return { ...NONE, problem: "its vertices and faces must be three numbers each" };
  }
  const count = vertices.length / 3;
  const bad = badVertices(vertices);
  let past = 0;
  let kept = 0;
  let out = faces;
  for (let i = 0; i < faces.length; i += 3) {
    const a = faces[i]!;
    const b = faces[i + 1]!;
    const c = faces[i + 2]!;
    const isPast = a >= count || b >= count || c >= count;
    const isBroken = !isPast && bad !== null && (bad[a] === 1 || bad[b] === 1 || bad[c] === 1);
    if (isPast || isBroken) {
      if (isPast) past++;
      if (out === faces) out = faces.slice();
      continue;
    }
    if (out !== faces) {
      out[kept] = a;
      out[kept + 1] = b;
      out[kept + 2] = c;
    }
    kept += 3;
  }
  if (out !== faces) out = out.slice(0, kept);
  const problems: string[] = [];
  if (past > 0) {
    problems.push(
      `${past} of ${faces.length / 3} faces have an index beyond the ${count} vertices`,
    );
  }
  if (bad) problems.push("some vertices are not finite");
  return {
    vertices: bad ? zeroed(vertices, bad) : vertices,
    faces: out,
    problem: problems.length > 0 ? `${problems.join("; ")}: left out` : null,
  };
}

function badVertices(vertices: Float32Array): Uint8Array | null {
  let bad: Uint8Array | null = null;
  for (let i = 0; i < vertices.length; i++) {
    const v = vertices[i]!;
    if (v - v === 0) continue;
    bad ??= new Uint8Array(vertices.length / 3);
    bad[Math.floor(i / 3)] = 1;
  }
  return bad;
}

function zeroed(vertices: Float32Array, bad: Uint8Array): Float32Array {
  const out = vertices.slice();
  for (let i = 0; i < bad.length; i++) if (bad[i]) out.fill(0, 3 * i, 3 * i + 3);
  return out;
}

/** Vertex normals: the area-weighted mean of the adjacent faces. */
export function smoothNormals(vertices: Float32Array, faces: Uint32Array): Float32Array {
  const out = new Float32Array(vertices.length);
  for (let i = 0; i < faces.length; i += 3) {
    const a = 3 * faces[i]!;
    const b = 3 * faces[i + 1]!;
    const c = 3 * faces[i + 2]!;
    const ux = vertices[b]! - vertices[a]!;
    const uy = vertices[b + 1]! - vertices[a + 1]!;
    const uz = vertices[b + 2]! - vertices[a + 2]!;
    const vx = vertices[c]! - vertices[a]!;
    const vy = vertices[c + 1]! - vertices[a + 1]!;
    const vz = vertices[c + 2]! - vertices[a + 2]!;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (const k of [a, b, c]) {
      out[k]! += nx;
      out[k + 1]! += ny;
      out[k + 2]! += nz;
    }
  }
  for (let i = 0; i < out.length; i += 3) {
    const n = Math.hypot(out[i]!, out[i + 1]!, out[i + 2]!);
    if (n > 0 && n < Infinity) {
      out[i]! /= n;
      out[i + 1]! /= n;
      out[i + 2]! /= n;
    } else {
      out[i] = 0;
      out[i + 1] = 0;
      out[i + 2] = 1;
    }
  }
  return out;
}
