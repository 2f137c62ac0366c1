import "./uploadRows.css";
import { useGui } from "../context";
import { IconButton } from "../icons";
import { statusText, type UploadRow } from "./uploads";

/** Maximum number of rows shown; of more only their number. */
const SHOWN = 8;

/** The files of an upload button, or of the page. */
export function UploadRows({
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
