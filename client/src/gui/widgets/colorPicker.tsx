import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/core/styles/ColorPicker.css";
import { ColorPicker } from "@mantine/core";

export interface PickerProps {
  /** "#rrggbb", or "#rrggbbaa" with alpha. */
  value: string;
  alpha: boolean;
  onChange: (hex: string) => void;
}

/** In a separate chunk: loaded when the first picker opens. */
export default function Picker({ value, alpha, onChange }: PickerProps) {
  return (
    <ColorPicker
      size="sm"
      format={alpha ? "hexa" : "hex"}
      value={value}
      onChange={onChange}
      saturationLabel="Saturation and brightness"
      hueLabel="Hue"
      alphaLabel="Opacity"
    />
  );
}
