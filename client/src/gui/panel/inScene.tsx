import "./inScene.css";
import { useContext } from "react";
import { createPortal } from "react-dom";
import { PhoneContext, useCell, useGui } from "../context";
import { Container } from "../widgets/containers";
import { Guard } from "../widgets/guard";

/** Renders GUI containers in the scene, into the elements that the scene positions. */
export function InScene() {
  const { options } = useGui();
  const mounts = useCell(options.scene.mounts);
  const phone = useContext(PhoneContext);
  return mounts.map(({ key, element, container }) =>
    createPortal(
      <section
        className="vg-in-scene"
        data-layout={phone ? "phone" : "wide"}
        aria-label="Controls in the scene"
      >
        <Guard what="Controls in the scene" version={container}>
          <Container id={container} />
        </Guard>
      </section>,
      element,
      String(key),
    ),
  );
}
