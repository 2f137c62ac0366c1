import "./droppedFiles.css";
import { useCell, useGui } from "../context";
import { UploadRows } from "./uploadRows";
import { DROPPED } from "./uploads";

/** The files that were dropped on the page, while they are sent. */
export function DroppedFiles() {
  const rows = useCell(useGui().uploads.rows(DROPPED));
  // Read by screen readers only if it is there before.
  return (
    <div className="vg-dropped" role="status">
      {rows.length > 0 && <UploadRows rows={rows} button={DROPPED} label="dropped on the page" />}
    </div>
  );
}
