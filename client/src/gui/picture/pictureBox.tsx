import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "./pictureBox.css";
import { Modal } from "@mantine/core";
import { type FormEvent, useContext, useState } from "react";
import { copiesPictures, copyPicture } from "../../shared/clipboard";
import { saveFile } from "../../shared/saveFile";
import { PhoneContext, useCell, useGui } from "../context";
import { Choice } from "../tools/choice";
import { NumberField } from "../widgets/numberField";
import { seenSize, takePicture } from "./takePicture";

const MAX_SIDE = 16_384;

type Size = "1" | "2" | "4" | "other";
const SIZES: readonly (readonly [Size, string])[] = [
  ["1", "As seen"],
  ["2", "2×"],
  ["4", "4×"],
  ["other", "Other"],
];

/** What a picture of the view is to have. Its values last as long as the page. */
const last = {
  size: "1" as Size,
  other: [1920, 1080] as readonly [number, number],
  transparent: false,
  labels: true,
  /** Labels of overlays that are left out. */
  without: new Set<string>(),
};

export default function PictureBox() {
  const { options, pictures } = useGui();
  const { scene } = options;
  const phone = useContext(PhoneContext);
  const overlays = useCell(scene.overlays);
  const [chosen, setChosen] = useState({ ...last });
  const [state, setState] = useState<{ busy: boolean; problem: string; done: string }>({
    busy: false,
    problem: "",
    done: "",
  });
  const change = (next: Partial<typeof last>) => {
    Object.assign(last, next);
    setChosen({ ...last });
    setState({ busy: false, problem: "", done: "" });
  };
  const { width, height } = sizeOf(chosen, seenSize(scene));
  const close = () => pictures.open.set(false);

  const make = () => {
    const { transparent, labels, without } = chosen;
    const shown = overlays.filter((o) => !without.has(o.label));
    return takePicture(scene, { width, height, transparent, labels }, shown);
  };
  const work = async (job: () => Promise<void>, done: string) => {
    setState({ busy: true, problem: "", done: "" });
    try {
      await job();
      setState({ busy: false, problem: "", done });
    } catch (e) {
      const problem = e instanceof Error ? e.message : String(e);
      setState({ busy: false, problem, done: "" });
    }
  };
  const save = (e: FormEvent) => {
    e.preventDefault();
    if (state.busy) return;
    void work(async () => {
      saveFile(await make(), "viser.png");
      close();
    }, "");
  };
  const setSide = (side: 0 | 1, value: number) =>
    change({ size: "other", other: side === 0 ? [value, height] : [width, value] });

  return (
    <Modal
      opened
      onClose={close}
      centered
      title="Save a picture"
      data-layout={phone ? "phone" : "wide"}
      closeButtonProps={{ "aria-label": "Close" }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 0 }}
      classNames={{ content: "vg-modal", body: "vg-modal-body" }}
    >
      <form className="vg-picture" onSubmit={save}>
        <Choice
          label="Size"
          options={SIZES}
          value={chosen.size}
          onChange={(size) => change({ size, other: [width, height] })}
        />
        <div className="vg-picture-size">
          <Side label="Width in pixels" value={width} onChange={(v) => setSide(0, v)} />
          <span aria-hidden="true">×</span>
          <Side label="Height in pixels" value={height} onChange={(v) => setSide(1, v)} />
        </div>
        <Check
          label="Transparent background"
          checked={chosen.transparent}
          onChange={(transparent) => change({ transparent })}
        />
        <Check label="Labels" checked={chosen.labels} onChange={(labels) => change({ labels })} />
        {overlays.map(({ label }) => (
          <Check
            key={label}
            label={label}
            checked={!chosen.without.has(label)}
            onChange={(on) => {
              const without = new Set(chosen.without);
              if (on) without.delete(label);
              else without.add(label);
              change({ without });
            }}
          />
        ))}
        <p
          className="vg-picture-state"
          role="status"
          data-problem={state.problem !== "" || undefined}
        >
          {state.busy ? "Drawing …" : state.problem || state.done}
        </p>
        <div className="vg-tool-buttons">
          <button
            type="button"
            className="vg-plain-button"
            disabled={state.busy || !copiesPictures()}
            data-hint={copiesPictures() ? undefined : "Browsers copy pictures only over https."}
            onClick={() => void work(() => copyPicture(make()), "Copied.")}
          >
            Copy
          </button>
          <button type="submit" className="vg-plain-button" data-autofocus disabled={state.busy}>
            Save
          </button>
        </div>
      </form>
    </Modal>
  );
}

function sizeOf(
  { size, other }: Pick<typeof last, "size" | "other">,
  seen: { width: number; height: number },
): { width: number; height: number } {
  if (size === "other") return { width: other[0], height: other[1] };
  const times = Number(size);
  return { width: seen.width * times, height: seen.height * times };
}

interface SideProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

function Side({ label, value, onChange }: SideProps) {
  return (
    <NumberField
      label={label}
      value={value}
      min={1}
      max={MAX_SIDE}
      step={1}
      places={0}
      disabled={false}
      onChange={onChange}
    />
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="vg-tool-check">
      <input
        type="checkbox"
        className="vg-checkbox"
        checked={checked}
        onChange={(e) => onChange(e.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
