import { useRef } from "react";
import { useGui } from "../context";
import { QUIET_TYPING_MS } from "../store/edits";
import type { ElementOf } from "../store/elements";
import { digits, format, list, num, numOrNull, str } from "../store/read";
import { NumberField } from "./numberField";
import { Row } from "./row";

export function TextWidget({ el }: { el: ElementOf<"GuiTextMessage"> }) {
  const { store } = useGui();
  const composing = useRef(false);
  const { uuid, props } = el;
  const common = {
    className: "vg-field",
    value: str(el.value),
    disabled: props.disabled,
    "aria-description": props.hint ?? undefined,
    onChange: (e: { currentTarget: { value: string } }) => {
      const text = e.currentTarget.value;
      // Text of an unfinished composition is not sent yet.
      if (composing.current) store.editSilently(uuid, text, QUIET_TYPING_MS);
      else store.edit(uuid, text, QUIET_TYPING_MS);
    },
    onCompositionStart: () => {
      composing.current = true;
      store.beginGesture(uuid);
    },
    onCompositionEnd: (e: { currentTarget: { value: string } }) => {
      composing.current = false;
      store.edit(uuid, e.currentTarget.value, QUIET_TYPING_MS);
      store.endGesture(uuid);
    },
    onBlur: () => store.leave(uuid),
  };
  return (
    <Row props={props}>
      {({ id }) =>
        props.multiline ? (
          <textarea id={id} rows={3} {...common} />
        ) : (
          <input
            id={id}
            type="text"
            autoComplete="off"
            {...common}
            onKeyDown={(e) => {
              if (e.key === "Enter" && !e.nativeEvent.isComposing) store.leave(uuid);
            }}
          />
        )
      }
    </Row>
  );
}

export function CheckboxWidget({ el }: { el: ElementOf<"GuiCheckboxMessage"> }) {
  const { store } = useGui();
  return (
    <Row props={el.props}>
      {({ id }) => (
        <input
          id={id}
          type="checkbox"
          className="vg-checkbox"
          checked={el.value === true}
          disabled={el.props.disabled}
          aria-description={el.props.hint ?? undefined}
          onChange={(e) => store.edit(el.uuid, e.currentTarget.checked)}
        />
      )}
    </Row>
  );
}

export function NumberWidget({ el }: { el: ElementOf<"GuiNumberMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  return (
    <Row props={props}>
      {({ id }) => (
        <NumberField
          id={id}
          hint={props.hint}
          value={num(el.value, 0)}
          min={numOrNull(props.min)}
          max={numOrNull(props.max)}
          step={num(props.step, 1)}
          places={digits(props.precision)}
          disabled={props.disabled}
          onChange={(value) => store.edit(uuid, value, QUIET_TYPING_MS)}
          onLeave={() => store.leave(uuid)}
        />
      )}
    </Row>
  );
}

const AXES = ["X", "Y", "Z"];
/** Number of characters of a vector that fit beside its label; longer ones get their own line. */
const ROW_CHARS = 16;

export function VectorWidget({
  el,
}: {
  el: ElementOf<"GuiVector2Message"> | ElementOf<"GuiVector3Message">;
}) {
  const { store } = useGui();
  const { props, uuid } = el;
  const size = el.type === "GuiVector2Message" ? 2 : 3;
  const value = numbers(el.value, size);

  const change = (axis: number, x: number) => {
    const next = numbers(store.element(uuid)?.value, size);
    next[axis] = x;
    store.edit(uuid, next, QUIET_TYPING_MS);
  };
  const places = digits(props.precision);
  const longest = Math.max(...value.map((x) => format(x, places).length));
  return (
    <Row props={props} group wide={size * longest > ROW_CHARS}>
      {({ labelId }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
        <div className="vg-vector" role="group" aria-labelledby={labelId}>
          {value.map((x, axis) => (
            <NumberField
              key={AXES[axis]}
              label={`${str(props.label)} ${AXES[axis]}`.trim()}
              hint={props.hint}
              value={x}
              min={numOrNull(list(props.min)[axis])}
              max={numOrNull(list(props.max)[axis])}
              step={num(props.step, 1)}
              places={places}
              disabled={props.disabled}
              onChange={(next) => change(axis, next)}
              onLeave={() => store.leave(uuid)}
            />
          ))}
        </div>
      )}
    </Row>
  );
}

function numbers(value: unknown, size: number): number[] {
  const given = list(value);
  return Array.from({ length: size }, (_, i) => num(given[i], 0));
}
