import { Select } from "@mantine/core";
import { useMemo, useRef } from "react";
import { useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { list, str } from "../store/read";
import { Row } from "./row";

/** Maximum number of options shown; more are found by typing. */
const MAX_SHOWN = 200;
/** Searchable from this number of options on touch devices: the on-screen keyboard covers the list. */
const SEARCH_FROM_ON_TOUCH = 12;

export function DropdownWidget({ el }: { el: ElementOf<"GuiDropdownMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const options = useMemo(() => unique(list(props.options)), [props.options]);
  const data = useMemo(
    () =>
      options.map((option, i) => ({ value: String(i), label: option === "" ? "(empty)" : option })),
    [options],
  );
  const value = str(el.value);
  const at = options.indexOf(value);
  const input = useRef<HTMLInputElement>(null);
  const touch = matchMedia("(pointer: coarse)").matches;
  return (
    <Row props={props}>
      {({ id, labelId }) => (
        <Select
          ref={input}
          id={id}
          size="xs"
          classNames={{ input: "vg-field" }}
          data={data}
          value={at < 0 ? null : String(at)}
          placeholder={at < 0 ? value : "Type to search"}
          disabled={props.disabled}
          aria-labelledby={labelId}
          aria-description={props.hint ?? undefined}
          allowDeselect={false}
          searchable={!touch || options.length > SEARCH_FROM_ON_TOUCH}
          limit={MAX_SHOWN}
          maxDropdownHeight={260}
          nothingFoundMessage="Nothing found"
          comboboxProps={{ shadow: "md", transitionProps: { duration: 0 } }}
          // Selects the text, so that typing replaces it.
          onDropdownOpen={() => input.current?.select()}
          onChange={(key) => {
            const option = key === null ? undefined : options[Number(key)];
            if (option !== undefined && option !== value) store.edit(uuid, option);
          }}
        />
      )}
    </Row>
  );
}

function unique(options: readonly unknown[]): string[] {
  return [...new Set(options.map((option) => str(option)))];
}
