import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import { MultiSelect } from "@mantine/core";
import { useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { list, str } from "../store/read";
import { Row } from "./row";

/** Maximum number of options shown; more are found by typing. */
const MAX_SHOWN = 200;

/** A selection of any number of options. */
export default function MultiSelectWidget({ el }: { el: ElementOf<"GuiMultiSelectMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const options = [...new Set(list(props.options).map((option) => str(option)))];
  const data = options.map((option, i) => ({ value: String(i), label: option || "(empty)" }));
  const chosen = list(el.value).flatMap((value) => {
    const at = options.indexOf(str(value));
    return at < 0 ? [] : [String(at)];
  });
  return (
    <Row props={props}>
      {({ id, labelId }) => (
        <MultiSelect
          id={id}
          size="xs"
          classNames={{ input: "vg-pills" }}
          data={data}
          value={chosen}
          placeholder={chosen.length === 0 ? "Type to search" : ""}
          disabled={props.disabled}
          aria-labelledby={labelId}
          aria-description={props.hint ?? undefined}
          searchable
          clearable
          clearButtonProps={{ "aria-label": `Choose none: ${str(props.label)}` }}
          limit={MAX_SHOWN}
          maxDropdownHeight={260}
          nothingFoundMessage="Nothing found"
          comboboxProps={{ shadow: "md", transitionProps: { duration: 0 } }}
          onChange={(keys) => {
            const at = keys.map(Number).sort((a, b) => a - b);
            store.edit(
              uuid,
              at.map((i) => options[i]!),
            );
          }}
        />
      )}
    </Row>
  );
}
