import "./textDisplay.css";
import { useEffect, useRef, useState } from "react";
import { replaceMissingImages } from "../safe/missingImage";
import type { ElementOf } from "../store/elements";
import { str } from "../store/read";

/** Renders text to elements; loaded with the first such text. */
type Render = (source: string) => DocumentFragment;

const loadMarkdown = async (): Promise<Render> => {
  return (await import("../safe/markdown")).markdownFragment;
};

const loadHtml = async (): Promise<Render> => {
  const { safeFragment } = await import("../safe/html");
  return (source) => safeFragment(source, { styles: true });
};

function plainText(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(source);
  return fragment;
}

export function MarkdownWidget({ el }: { el: ElementOf<"GuiMarkdownMessage"> }) {
  return (
    <Rendered
      source={str(el.props._markdown)}
      load={loadMarkdown}
      plain={withoutMarks}
      className="vg-prose"
    />
  );
}

export function HtmlWidget({ el }: { el: ElementOf<"GuiHtmlMessage"> }) {
  return <Rendered source={str(el.props.content)} load={loadHtml} className="vg-html" />;
}

/** Without what would catch the eye in a text that is shown for a moment. */
function withoutMarks(markdown: string): string {
  return markdown.replace(/\*\*|__|`/g, "").replace(/^#+ /gm, "");
}

interface RenderedProps {
  source: string;
  plain?: (source: string) => string;
  load: () => Promise<Render>;
  className: string;
}

/** Shows the plain text until the renderer is loaded, or if that fails. */
function Rendered({ source, load, plain, className }: RenderedProps) {
  const box = useRef<HTMLDivElement>(null);
  const [render, setRender] = useState<{ run: Render } | null>(null);

  useEffect(() => {
    let gone = false;
    load().then(
      (run) => {
        if (!gone) setRender({ run });
      },
      (e: unknown) => console.error("viser: the text renderer could not be loaded:", e),
    );
    return () => {
      gone = true;
    };
  }, [load]);

  useEffect(() => (box.current ? replaceMissingImages(box.current) : undefined), []);
  useEffect(() => {
    box.current?.replaceChildren(
      render ? render.run(source) : plainText(plain?.(source) ?? source),
    );
  }, [render, plain, source]);

  return <div ref={box} className={className} data-plain={render === null || undefined} />;
}
