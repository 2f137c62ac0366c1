import "csstype";

declare module "csstype" {
  interface Properties {
    /** Custom properties that the style sheets read. */
    [name: `--vg-${string}`]: string | number | undefined;
  }
}
