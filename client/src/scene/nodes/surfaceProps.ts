/** The properties that all lit surfaces share, validated: they come from the network. */

import type { BoxProps, MeshMaterial, MeshProps, MeshSide } from "../../protocol/messages.gen";
import type { Surface } from "../surfaces";
import type { Unchecked } from "../visual";

export interface SurfaceProps {
  surface: Surface;
  castShadow: boolean;
  receiveShadow: boolean;
  /** Opacity of shadows that are drawn over the surface, independent of its lighting; null: none. */
  shadowOpacity: number | null;
}

const MATERIALS = ["standard", "toon3", "toon5"];
const SIDES = ["front", "back", "double"];

/** Whether such a surface is opaque. */
export function covers(surface: Surface): boolean {
  return surface.opacity >= 1 && !surface.wireframe;
}

export function surfaceProps(props: Unchecked<BoxProps & MeshProps>): SurfaceProps {
  const opacity = typeof props.opacity === "number" ? Math.min(1, Math.max(0, props.opacity)) : 1;
  const receive = props.receive_shadow;
  const material = MATERIALS.includes(props.material as string) ? props.material : "standard";
  return {
    surface: {
      material: material as MeshMaterial,
      flat: props.flat_shading === true,
      wireframe: props.wireframe === true,
      side: (SIDES.includes(props.side as string) ? props.side : "front") as MeshSide,
      opacity: Number.isNaN(opacity) ? 1 : opacity,
      vertexColors: false,
    },
    castShadow: props.cast_shadow !== false,
    receiveShadow: receive === true,
    shadowOpacity: typeof receive === "number" && receive > 0 ? Math.min(1, receive) : null,
  };
}
