import "./buttons.css";
import { Button } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef } from "react";
import { Disposables } from "../../shared/disposables";
import { useGui } from "../context";
import { safeSvg } from "../safe/svg";
import type { ElementOf } from "../store/elements";
import { list, num, str, strOrNull } from "../store/read";
import { mantineColor } from "./color";
import { Row } from "./row";

/** Maximum frequency of messages while a button is held. */
const MAX_HOLD_HZ = 200;
const MAX_FREQUENCIES = 16;

export function ButtonWidget({ el }: { el: ElementOf<"GuiButtonMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const hold = useHold(uuid, list(props._hold_callback_freqs));
  const icon = safeSvg(props._icon_html);
  return (
    <div className="vg-row" data-wide data-hint={strOrNull(props.hint) ?? undefined}>
      <Button
        fullWidth
        size="compact-sm"
        className="vg-button"
        color={mantineColor(props.color)}
        disabled={props.disabled}
        leftSection={icon ?? undefined}
        aria-description={props.hint ?? undefined}
        onClick={() => store.press(uuid, true)}
        {...(props.disabled ? {} : hold)}
      >
        {str(props.label)}
      </Button>
    </div>
  );
}

/** Sends a message at once, and then at each requested frequency while the button is held down. */
function useHold(uuid: string, frequencies: readonly unknown[]) {
  const { store } = useGui();
  const timers = useRef<ReturnType<typeof setInterval>[]>([]);
  const stop = useCallback(() => {
    for (const timer of timers.current) clearInterval(timer);
    timers.current = [];
  }, []);
  useEffect(() => {
    const disposables = new Disposables();
    disposables.add(stop);
    disposables.listen(window, "blur", stop);
    return () => disposables.dispose();
  }, [stop]);

  const start = () => {
    stop();
    for (const given of frequencies.slice(0, MAX_FREQUENCIES)) {
      const frequency = num(given, 0);
      if (frequency <= 0) continue;
      const call = () => store.act({ type: "GuiButtonHoldMessage", uuid, frequency });
      call();
      timers.current.push(setInterval(call, 1000 / Math.min(frequency, MAX_HOLD_HZ)));
    }
  };
  if (frequencies.length === 0) return {};
  return {
    onPointerDown: (e: PointerEvent<HTMLButtonElement>) => {
      if (e.button !== 0) return;
      e.currentTarget.setPointerCapture?.(e.pointerId);
      start();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onLostPointerCapture: stop,
    onBlur: stop,
    // A long press on a touch screen would open a context menu.
    onContextMenu: (e: { preventDefault(): void }) => e.preventDefault(),
    onKeyDown: (e: KeyboardEvent) => {
      if ((e.key === " " || e.key === "Enter") && !e.repeat) start();
    },
    onKeyUp: stop,
  };
}

export function ButtonGroupWidget({ el }: { el: ElementOf<"GuiButtonGroupMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  return (
    <Row props={props} group>
      {({ labelId }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
        <div className="vg-button-group" role="group" aria-labelledby={labelId}>
          {list(props.options).map((option, i) => (
            <Button
              // biome-ignore lint/suspicious/noArrayIndexKey: two options may have the same text.
              key={i}
              size="compact-xs"
              variant="light"
              disabled={props.disabled}
              onClick={() => store.press(uuid, str(option))}
            >
              {str(option)}
            </Button>
          ))}
        </div>
      )}
    </Row>
  );
}
