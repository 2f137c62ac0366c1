import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Modal } from "@mantine/core";
import { type ReactNode, useContext } from "react";
import { PhoneContext } from "../context";

interface BoxProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A box of the page over everything, as the palette is. */
export function Box({ label, onClose, children }: BoxProps) {
  const phone = useContext(PhoneContext);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      data-layout={phone ? "phone" : "wide"}
      yOffset="12vh"
      padding={0}
      transitionProps={{ duration: 0 }}
      classNames={{ content: "vg-modal" }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={label}>{children}</Modal.Content>
    </Modal.Root>
  );
}
