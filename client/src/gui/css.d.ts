import "csstype";

declare module "csstype" {
  interface Properties {
    /** Custom properties that gui.css reads. */
    [name: `--vg-${string}`]: string | number | undefined;
  }
}
