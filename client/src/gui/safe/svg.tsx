import { createElement, type ReactNode } from "react";

/**
 * Icons are received as SVG text. They are parsed as XML, which runs no script, and rebuilt from an allowlist of
 * elements and attributes.
 */
const ELEMENTS = new Set("svg g path circle ellipse rect line polyline polygon".split(" "));
const ATTRIBUTES = new Set(
  (
    "viewBox d cx cy r rx ry x y x1 y1 x2 y2 width height points transform fill fill-rule clip-rule " +
    "fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray " +
    "stroke-opacity opacity"
  ).split(" "),
);
const MAX_CHARS = 50_000;
const MAX_DEPTH = 20;
const CACHE_SIZE = 300;

const cache = new Map<string, ReactNode>();

export function safeSvg(source: unknown): ReactNode {
  if (typeof source !== "string" || source === "" || source.length > MAX_CHARS) return null;
  const known = cache.get(source);
  if (known !== undefined) return known;
  const icon = build(source);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(source, icon);
  return icon;
}

function build(source: string): ReactNode {
  const root = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  return root?.localName === "svg" ? rebuild(root, 0, 0) : null;
}

function rebuild(node: Element, key: number, depth: number): ReactNode {
  if (!ELEMENTS.has(node.localName) || depth > MAX_DEPTH) return null;
  const props: Record<string, unknown> = { key };
  for (const { name, value } of Array.from(node.attributes)) {
    // url(…) would load a resource, or refer to a missing element.
    if (ATTRIBUTES.has(name) && !/url\s*\(/i.test(value)) props[camel(name)] = value;
  }
  if (depth === 0)
    Object.assign(props, { className: "vg-svg", "aria-hidden": true, focusable: false });
  const children = Array.from(node.children).map((child, i) => rebuild(child, i, depth + 1));
  return createElement(node.localName, props, ...children);
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());
}
