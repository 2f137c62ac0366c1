import "./display.css";
import { useEffect, useState } from "react";
import type { ElementOf } from "../store/elements";
import { clamp, num, str, strOrNull } from "../store/read";
import { cssColor } from "./color";

export function ProgressWidget({ el }: { el: ElementOf<"GuiProgressBarMessage"> }) {
  const value = clamp(num(el.value, 0), 0, 100);
  return (
    <div
      className="vg-progress"
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value)}
      data-animated={el.props.animated || undefined}
      style={{ "--vg-bar": cssColor(el.props.color) }}
    >
      <div style={{ width: `${value}%` }} />
    </div>
  );
}

export function DividerWidget() {
  return <hr className="vg-divider" />;
}

export function ImageWidget({ el }: { el: ElementOf<"GuiImageMessage"> }) {
  const { _data: data, _format: format } = el.props;
  const url = useObjectUrl(data, format === "png" ? "image/png" : "image/jpeg");
  const label = strOrNull(el.props.label);
  return (
    <figure className="vg-image">
      {label && <figcaption>{label}</figcaption>}
      {url && <img src={url} alt={label ?? ""} draggable={false} />}
    </figure>
  );
}

function useObjectUrl(data: unknown, type: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!(data instanceof Uint8Array)) {
      setUrl(null);
      return;
    }
    const made = URL.createObjectURL(new Blob([data as Uint8Array<ArrayBuffer>], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data, type]);
  return url;
}

/** A placeholder for a widget of an unknown type. */
export function UnshownWidget({ type, label }: { type: string; label: unknown }) {
  const name = str(label);
  return (
    <p className="vg-note">
      A widget of the kind {type}
      {name && ` (“${name}”)`} is not shown by this client yet.
    </p>
  );
}
