import "./upload.css";
import { Button } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { useCell, useGui } from "../context";
import { IconButton } from "../icons";
import { safeSvg } from "../safe/svg";
import type { ElementOf } from "../store/elements";
import { str, strOrNull } from "../store/read";
import { statusText, type UploadRow } from "../uploads/uploads";
import { mantineColor } from "./color";

/** Maximum number of rows shown; of more only their number. */
const SHOWN = 8;

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
      {rows.length > 0 && <Rows rows={rows} button={uuid} label={str(props.label)} />}
    </div>
  );
}

function Rows({
  rows,
  button,
  label,
}: {
  rows: readonly UploadRow[];
  button: string;
  label: string;
}) {
  const more = rows.length - SHOWN;
  return (
    <ul className="vg-uploads" aria-label={`Files: ${label}`} aria-live="polite">
      {rows.slice(0, SHOWN).map((row) => (
        <Row key={row.id} row={row} button={button} />
      ))}
      {more > 0 && <li className="vg-note">and {more} more</li>}
    </ul>
  );
}

function Row({ row, button }: { row: UploadRow; button: string }) {
  const { uploads } = useGui();
  const { id, name, size, sent, state } = row;
  const percent = size > 0 ? (100 * sent) / size : 0;
  const pending = state === "waiting" || state === "sending";
  return (
    <li data-state={state}>
      <div>
        <strong>{name}</strong> <span>{statusText(row)}</span>
        {pending && (
          <div
            className="vg-progress"
            role="progressbar"
            aria-label={name}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(percent)}
          >
            <div style={{ width: `${percent}%` }} />
          </div>
        )}
      </div>
      {state !== "sent" && (
        <IconButton
          icon="close"
          label={`${pending ? "Cancel" : "Dismiss"}: ${name}`}
          onClick={() => uploads.cancel(button, id)}
        />
      )}
    </li>
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
