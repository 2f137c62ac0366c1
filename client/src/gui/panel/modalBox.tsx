import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Modal } from "@mantine/core";
import { useContext, useLayoutEffect, useState } from "react";
import { PhoneContext } from "../context";
import type { ElementOf } from "../store/elements";
import { str } from "../store/read";
import { Container } from "../widgets/containers";

/** A chunk of its own: loaded when the first modal opens. */
export default function ModalBox({ el }: { el: ElementOf<"GuiModalMessage"> }) {
  const phone = useContext(PhoneContext);
  useFocusBack();
  return (
    <Modal
      opened
      centered
      data-layout={phone ? "phone" : "wide"}
      title={str(el.props.title)}
      // The program closes it: the wire has no word for somebody who would not answer.
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 100 }}
      classNames={{ content: "vg-modal", body: "vg-modal-body" }}
    >
      <Container id={el.uuid} />
    </Modal>
  );
}

/** When the modal goes, what had the focus before has it again: nobody at the keyboard starts from the top. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () => {
      // Once the modal is out of the page: while it is there, its trap takes the focus back.
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) {
          before.focus({ preventScroll: true });
        }
      });
    },
    [before],
  );
}
