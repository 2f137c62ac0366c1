/** Names as on the wire; a label and what a search finds each by. */
export const LOOKS = {
  eye_dome: ["Eye-dome lighting", "depth in point clouds, EDL"],
  adaptive_points: ["Adaptive point size", "closes gaps in sparse clouds"],
  studio: ["Studio light", "ambient occlusion and soft light"],
  edges: ["Edges of meshes", "feature lines"],
  wireframe: ["Wireframe", "all edges of the triangles"],
  back_faces: ["Back faces", "flipped normals and holes, in pink"],
  x_ray: ["X-ray", "translucent surfaces"],
  silhouettes: ["Silhouettes", "outlines of all objects"],
} as const;

export type LookName = keyof typeof LOOKS;
export type LookSet = ReadonlySet<LookName>;

export const LOOK_NAMES = Object.keys(LOOKS) as LookName[];
