import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Modal } from "@mantine/core";
import { useContext } from "react";
import { PhoneContext, useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { str } from "../store/read";
import { Container } from "../widgets/containers";

/** A chunk of its own: loaded when the first modal opens. */
export default function ModalBox({ el }: { el: ElementOf<"GuiModalMessage"> }) {
  const { store } = useGui();
  const phone = useContext(PhoneContext);
  return (
    <Modal
      opened
      centered
      data-layout={phone ? "phone" : "wide"}
      title={str(el.props.title)}
      // The wire has no word for it: the window is gone on this page only.
      onClose={() => store.remove(el.uuid)}
      closeButtonProps={{ "aria-label": "Close" }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 100 }}
      classNames={{ content: "vg-modal", body: "vg-modal-body" }}
    >
      <Container id={el.uuid} />
    </Modal>
  );
}
