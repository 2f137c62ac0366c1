import "./upload.css";
import { Button } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { useCell, useGui } from "../context";
import { safeSvg } from "../safe/svg";
import type { ElementOf } from "../store/elements";
import { str, strOrNull } from "../store/read";
import { UploadRows } from "../uploads/uploadRows";
import { mantineColor } from "./color";

export function UploadWidget({ el }: { el: ElementOf<"GuiUploadButtonMessage"> }) {
  const { uploads, options } = useGui();
  const { props, uuid } = el;
  const input = useRef<HTMLInputElement>(null);
  const rows = useCell(uploads.rows(uuid));
  // A Python server keeps only the last file.
  const many = useCell(options.connection).dialect === "viser-go.v1";
  const take = (files: FileList | null) => {
    const list = [...(files ?? [])];
    if (!props.disabled) uploads.add(uuid, many ? list : list.slice(0, 1));
  };
  const { over, handlers } = useDrop(take, props.disabled);
  const accept = str(props.mime_type);
  const icon = safeSvg(props._icon_html);
  return (
    <div className="vg-row" data-wide data-hint={strOrNull(props.hint) ?? undefined}>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        disabled={props.disabled}
        accept={accept === "*/*" ? undefined : accept}
        onChange={(e) => {
          take(e.currentTarget.files);
          // Allows choosing the same file again.
          e.currentTarget.value = "";
        }}
      />
      <Button
        fullWidth
        size="compact-sm"
        className="vg-button vg-upload"
        color={mantineColor(props.color)}
        disabled={props.disabled}
        leftSection={icon ?? undefined}
        aria-description={props.hint ?? undefined}
        data-over={over || undefined}
        onClick={() => input.current?.click()}
        {...handlers}
      >
        {str(props.label)}
      </Button>
      {rows.length > 0 && <UploadRows rows={rows} button={uuid} label={str(props.label)} />}
    </div>
  );
}

/** Handles files dropped on the button; returns whether some are dragged over it. */
function useDrop(take: (files: FileList | null) => void, disabled: boolean) {
  const [over, setOver] = useState(false);
  const carries = (e: DragEvent) => !disabled && e.dataTransfer.types.includes("Files");
  const hover = (e: DragEvent) => {
    if (!carries(e)) return;
    e.preventDefault();
    e.dataTransfer.dropEffect = "copy";
    setOver(true);
  };
  const handlers = {
    onDragEnter: hover,
    onDragOver: hover,
    onDragLeave: () => setOver(false),
    onDrop: (e: DragEvent) => {
      setOver(false);
      if (!carries(e)) return;
      e.preventDefault();
      take(e.dataTransfer.files);
    },
  };
  return { over, handlers };
}
