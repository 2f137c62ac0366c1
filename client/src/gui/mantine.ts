/**
 * Of Mantine's style sheets only those of components in use, in the order in which they build on each other.
 * ColorPicker and Modal bring theirs when they are first used.
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

/** The program's ten shades become the primary colour; the ninth is the colour that it named. */
export function themeFor(colors: readonly string[] | null) {
  return createTheme({
    fontFamily: FONT,
    defaultRadius: "sm",
    autoContrast: true,
    // Where black and white stand out equally; see also the shades.
    luminanceThreshold: 0.18,
    primaryShade: 8,
    cursorType: "pointer",
    respectReducedMotion: true,
    ...(colors && {
      colors: { brand: colors as unknown as MantineColorsTuple },
      primaryColor: "brand",
    }),
  });
}
