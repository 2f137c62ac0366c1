import "./display.css";
import { useEffect, useRef, useState } from "react";
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
  const url = useDecodedUrl(data, format === "png" ? "image/png" : "image/jpeg");
  const label = strOrNull(el.props.label);
  return (
    <figure className="vg-image">
      {label && <figcaption>{label}</figcaption>}
      {url && <img src={url} alt={label ?? ""} draggable={false} />}
    </figure>
  );
}

/** The newest picture that could be decoded, as an address. Of those that arrive during decoding the last is kept. */
function useDecodedUrl(data: unknown, type: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const queue = useRef({ waiting: null as Blob | null, busy: false, empty: false, ended: false });
  useEffect(() => {
    const state = queue.current;
    const empty = !(data instanceof Uint8Array);
    state.waiting = empty ? null : new Blob([data as Uint8Array<ArrayBuffer>], { type });
    state.empty = empty;
    if (empty) setUrl(null);
    if (state.busy) return;
    const run = async () => {
      for (let blob = state.waiting; blob; blob = state.waiting) {
        state.waiting = null;
        const made = URL.createObjectURL(blob);
        const image = new Image();
        image.src = made;
        // A broken picture leaves the old one.
        const ok = await image.decode().then(
          () => !state.ended && !state.empty,
          () => false,
        );
        if (ok) setUrl(made);
        else URL.revokeObjectURL(made);
      }
      state.busy = false;
    };
    state.busy = true;
    void run();
  }, [data, type]);
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url]);
  useEffect(() => {
    const state = queue.current;
    state.ended = false;
    return () => {
      state.ended = true;
      state.waiting = null;
    };
  }, []);
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
