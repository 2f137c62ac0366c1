import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Modal } from "@mantine/core";
import { useContext, useLayoutEffect, useState } from "react";
import { PhoneContext, useCell, useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { str } from "../store/read";
import { Container } from "../widgets/containers";

/** In a separate chunk: loaded when the first modal opens. */
export default function ModalBox({ el }: { el: ElementOf<"GuiModalMessage"> }) {
  const phone = useContext(PhoneContext);
  // Its buttons are not for users who may only look. They put it aside on their page.
  const readOnly = useCell(useGui().readOnly);
  const [aside, setAside] = useState(false);
  const title = str(el.props.title);
  useFocusBack();
  return (
    <Modal
      opened={!(readOnly && aside)}
      centered
      data-layout={phone ? "phone" : "wide"}
      title={title}
      // Only the program closes it for all: the protocol has no message for a dismissal by the user.
      onClose={() => setAside(readOnly)}
      closeOnEscape={readOnly}
      closeOnClickOutside={readOnly}
      withCloseButton={readOnly}
      closeButtonProps={{ "aria-label": `Close: ${title}` }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 100 }}
      classNames={{ content: "vg-modal", body: "vg-modal-body" }}
    >
      <Container id={el.uuid} />
    </Modal>
  );
}

/** Restores the focus when the modal closes. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () => {
      // After the modal was unmounted: before, its focus trap would take the focus back.
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
