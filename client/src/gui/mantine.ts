/**
 * Mantine's style sheets of the components in use, in dependency order. Those of ColorPicker and Modal are loaded
 * with them.
 */
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Tabs.css";
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

/** Slightly blue grays, as in app.css; the panel's background is the eighth. */
const DARK: MantineColorsTuple = [
  "#ced3d8",
  "#b7bdc4",
  "#838b95",
  "#5c646e",
  "#434a52",
  "#383e46",
  "#2c3138",
  "#22262b",
  "#1a1d21",
  "#131519",
];

/** The program's ten shades become the primary color; the ninth is the color that the program set. */
export function themeFor(colors: readonly string[] | null) {
  return createTheme({
    fontFamily: FONT,
    defaultRadius: "sm",
    autoContrast: true,
    // Luminance at which black and white have equal contrast; see also the shades.
    luminanceThreshold: 0.183,
    primaryShade: 8,
    cursorType: "pointer",
    respectReducedMotion: true,
    colors: {
      dark: DARK,
      ...(colors && { brand: colors as unknown as MantineColorsTuple }),
    },
    ...(colors && { primaryColor: "brand" }),
  });
}
