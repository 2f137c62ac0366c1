import "./imageView.css";
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { COLORMAPS } from "../../shared/colormaps";
import { PhoneContext, useCell, useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { clamp, num, str, strOrNull } from "../store/read";
import { type Range, valueAt } from "./depth";
import { listen } from "./gestures";
import { boxesOf, classesOf, keypointsOf, namesAt, segmentationOf } from "./overlays";
import { type Layers, Painter } from "./painter";
import { Picture } from "./picture";
import { fitted, type Point, pixelAt, type Size, type View, zoomed } from "./viewport";

type Props = ElementOf<"GuiImageViewMessage">["props"];

const BUTTON_ZOOM = 1.5;
/** The most a picture takes of the panel, unless the program sets a height. */
const MAX_PX = 400;
const EMPTY_PX = 160;
const MIN_FILL_PX = 160;

/** A picture to zoom into, with what was found in it. In a chunk of its own. */
export default function ImageViewWidget({ el }: { el: ElementOf<"GuiImageViewMessage"> }) {
  const { options, store, readOnly: onlyLooks } = useGui();
  const readOnly = useCell(onlyLooks);
  const { props, uuid } = el;
  const title = strOrNull(props.label);
  const name = title ?? "Image";
  const root = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [cross, setCross] = useState(false);
  const maximized = useMaximized(root, canvas);
  const height = useHeight(root, props, maximized.on);
  const look = useLook(props);
  const { layers, smooth } = look;

  const found = useFound(props);
  const press = useRef<(at: Point) => void>(() => {});
  press.current = (at) => {
    if (!readOnly) store.press(uuid, at);
  };
  const parts = useParts(canvas, readout, {
    report: setProblem,
    scaled: (view) => setPercent(view && Math.round(view.scale * 100)),
    click: (at) => press.current(at),
  });

  // A new picture is decoded, and one of values is painted again with another colormap or range.
  const { _data, _format, _values, _value_type, _width, _height } = props;
  const isDepth = _values instanceof Uint8Array && _values.length > 0;
  useEffect(() => {
    const size = { width: num(_width, 0), height: num(_height, 0) };
    if (_values instanceof Uint8Array && _values.length > 0) {
      parts.current?.picture.setDepth(_values, str(_value_type), size);
    } else parts.current?.picture.set({ data: _data, format: _format, size });
  }, [_data, _format, _values, _value_type, _width, _height, parts]);
  const valueScale = num(props.value_scale, 1) || 1;
  const [auto, setAuto] = useState<Range | null>(null);
  const [low, high] = look.range ?? [null, null];
  useEffect(() => {
    void _values; // painted again for new values
    if (!isDepth) return;
    const range = low === null || high === null ? null : rawRange([low, high], valueScale);
    const painted = parts.current?.picture.paint(range, look.colormap) ?? null;
    setAuto((old) => (same(old, painted) ? old : painted));
  }, [isDepth, _values, low, high, valueScale, look.colormap, parts]);

  const unit = str(props.unit);
  useEffect(() => {
    const format = (value: number) => formatValue(value * valueScale);
    parts.current?.show({ found, layers, smooth, cross, format, unit });
  }, [found, layers, smooth, cross, valueScale, unit, parts]);

  useEffect(
    () =>
      options.actions.add(
        {
          id: `image.${uuid}.maximize`,
          label: `Maximize “${name}”`,
          description: "image, picture, large",
          section: "Picture",
          on: () => root.current?.dataset.maximized !== undefined,
          run: () => maximized.toggle(),
        },
        {
          id: `image.${uuid}.fit`,
          label: `Show all of “${name}”`,
          description: "image, picture, zoom, fit",
          section: "Picture",
          run: () => parts.current?.fit(),
        },
      ),
    [options.actions, uuid, name, maximized.toggle, parts],
  );

  const empty = !isDepth && !(_data instanceof Uint8Array && _data.length > 0);
  return (
    <section
      ref={root}
      className="vg-image-view"
      aria-label={name}
      role={maximized.on ? "dialog" : undefined}
      data-maximized={maximized.on || undefined}
      data-fill={props.fill === true || undefined}
      style={{ height: maximized.on ? undefined : height }}
    >
      {title && <h3>{title}</h3>}
      <div className="vg-image-stage">
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys zoom and move the picture. */}
        <canvas
          ref={canvas}
          tabIndex={0}
          role="application"
          aria-label={name}
          aria-roledescription="zoomable picture"
          aria-description="Plus and minus zoom, 0 fits, 1 is 100 %, the arrow keys move, Enter clicks the pixel in the middle"
          onFocus={(e) => setCross(e.currentTarget.matches(":focus-visible"))}
          onKeyDownCapture={() => setCross(true)}
          onBlur={() => setCross(false)}
        />
        {empty && <p className="vg-note">No picture yet.</p>}
      </div>
      <p ref={readout} className="vg-image-readout" aria-live={cross ? "polite" : "off"} />
      {problem && (
        <p className="vg-note" role="status">
          {problem}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend. */}
      <div className="vg-image-tools" role="group" aria-label={`Zoom of ${name}`}>
        <Tool label="Zoom out" text="−" run={() => parts.current?.zoom(1 / BUTTON_ZOOM)} />
        <span className="vg-image-percent">{percent === null ? "" : `${percent} %`}</span>
        <Tool label="Zoom in" text="+" run={() => parts.current?.zoom(BUTTON_ZOOM)} />
        <Tool label="Fit" text="Fit" run={() => parts.current?.fit()} />
        <Tool label="100 percent" text="1:1" run={() => parts.current?.actual()} />
        <Tool label="Smooth" text="Smooth" on={smooth} run={() => look.setSmooth(!smooth)} />
        <Tool
          label={maximized.on ? "Restore the size" : "Maximize"}
          text={maximized.on ? "⤡" : "⤢"}
          on={maximized.on}
          run={maximized.toggle}
        />
      </div>
      <LayerTools found={found} layers={layers} set={look.setLayers} />
      {isDepth && (
        <DepthTools
          colormap={look.colormap}
          setColormap={look.setColormap}
          range={look.range}
          auto={auto && shownRange(auto, valueScale)}
          setRange={look.setRange}
          unit={unit}
        />
      )}
    </section>
  );
}

function Tool(props: { label: string; text: string; on?: boolean; run: () => void }) {
  return (
    <button
      type="button"
      className="vg-plain-button"
      aria-label={props.label === props.text ? undefined : props.label}
      title={props.label === props.text ? undefined : props.label}
      aria-pressed={props.on}
      onClick={props.run}
    >
      {props.text}
    </button>
  );
}

const LAYERS = ["boxes", "segmentation", "keypoints"] as const;
const LAYER_NAMES = { boxes: "Boxes", segmentation: "Segmentation", keypoints: "Keypoints" };

interface LayerToolsProps {
  found: ReturnType<typeof useFound>;
  layers: Layers;
  set: (layers: Layers) => void;
}

/** A switch for each layer that there is. */
function LayerTools({ found, layers, set }: LayerToolsProps) {
  const there = {
    boxes: found.boxes.length > 0,
    segmentation: found.segmentation !== null,
    keypoints: found.keypoints.length > 0,
  };
  if (!LAYERS.some((layer) => there[layer])) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
    <div className="vg-image-tools" role="group" aria-label="Layers">
      {LAYERS.filter((layer) => there[layer]).map((layer) => (
        <label key={layer} className="vg-tool-check">
          <input
            type="checkbox"
            className="vg-checkbox"
            checked={layers[layer]}
            onChange={(e) => set({ ...layers, [layer]: e.currentTarget.checked })}
          />
          {LAYER_NAMES[layer]}
        </label>
      ))}
      {there.segmentation && layers.segmentation && (
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={layers.opacity}
          aria-label="Opacity of the segmentation"
          onChange={(e) => set({ ...layers, opacity: Number(e.currentTarget.value) })}
        />
      )}
    </div>
  );
}

interface DepthToolsProps {
  colormap: string;
  setColormap: (name: string) => void;
  /** null: that of the values. */
  range: Range | null;
  auto: Range | null;
  setRange: (range: Range | null) => void;
  unit: string;
}

function DepthTools({ colormap, setColormap, range, auto, setRange, unit }: DepthToolsProps) {
  const shown = range ?? auto ?? [0, 1];
  const end = (i: 0 | 1, label: string) => (
    <input
      type="number"
      className="vg-field"
      aria-label={unit ? `${label}, ${unit}` : label}
      step="any"
      value={Number(shown[i].toPrecision(5))}
      onChange={(e) => {
        const value = e.currentTarget.valueAsNumber;
        if (!Number.isFinite(value)) return;
        const next: [number, number] = [...shown];
        next[i] = value;
        if (next[0] <= next[1]) setRange(next);
      }}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
    <div className="vg-image-tools" role="group" aria-label="Colors of the values">
      <select
        className="vg-field"
        aria-label="Colormap"
        value={colormap}
        onChange={(e) => setColormap(e.currentTarget.value)}
      >
        {COLORMAPS.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {end(0, "From")}
      {end(1, "To")}
      <Tool
        label="Range of the values"
        text="Auto"
        on={range === null}
        run={() => setRange(null)}
      />
    </div>
  );
}

/** What was found, parsed once for each change. */
function useFound(props: Props) {
  const { boxes, keypoints, classes, _class_ids, _class_width, _class_height } = props;
  const parsed = {
    boxes: useMemo(() => boxesOf(boxes), [boxes]),
    keypoints: useMemo(() => keypointsOf(keypoints), [keypoints]),
    classes: useMemo(() => classesOf(classes), [classes]),
    segmentation: useMemo(
      () => segmentationOf(_class_ids, num(_class_width, 0), num(_class_height, 0)),
      [_class_ids, _class_width, _class_height],
    ),
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the object is new only if a part of it is.
  return useMemo(() => parsed, Object.values(parsed));
}

/** A setting of the program that the page's user may change, until the program sets it again. */
function useSetting<T>(given: T, key: string): [T, (value: T) => void] {
  const [own, setOwn] = useState<{ value: T; key: string } | null>(null);
  return [own?.key === key ? own.value : given, (value) => setOwn({ value, key })];
}

function useLook(props: Props) {
  const given = props.range;
  const range = Array.isArray(given) && given.every((x) => Number.isFinite(x)) ? given : null;
  const opacity = clamp(num(props.class_opacity, 0.5), 0, 1);
  const [smooth, setSmooth] = useSetting(props.smooth === true, String(props.smooth));
  const [colormap, setColormap] = useSetting(str(props.colormap), str(props.colormap));
  const [ownRange, setRange] = useSetting<Range | null>(range as Range | null, String(range));
  const [switches, setSwitches] = useState({ boxes: true, segmentation: true, keypoints: true });
  const [share, setShare] = useSetting(opacity, String(opacity));
  const layers = useMemo<Layers>(() => ({ ...switches, opacity: share }), [switches, share]);
  return {
    smooth,
    setSmooth,
    colormap: COLORMAPS.includes(colormap) ? colormap : "turbo",
    setColormap,
    range: ownRange,
    setRange,
    layers,
    setLayers: ({ opacity, ...rest }: Layers) => {
      setSwitches(rest);
      if (opacity !== share) setShare(opacity);
    },
  };
}

const rawRange = ([low, high]: Range, scale: number): Range =>
  scale > 0 ? [low / scale, high / scale] : [high / scale, low / scale];

const shownRange = ([low, high]: Range, scale: number): Range =>
  scale > 0 ? [low * scale, high * scale] : [high * scale, low * scale];

const same = (a: Range | null, b: Range | null) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Four digits are more than cameras measure. */
const formatValue = (value: number) =>
  Math.abs(value) >= 1000 || Number.isInteger(value)
    ? String(Math.round(value))
    : value.toPrecision(4);

interface Look {
  found: ReturnType<typeof useFound>;
  layers: Layers;
  smooth: boolean;
  cross: boolean;
  format: (value: number) => string;
  unit: string;
}

interface Events {
  report: (problem: string | null) => void;
  scaled: (view: View | null) => void;
  click: (at: Point) => void;
}

/** The imperative parts: what changes with the pointer, or with each picture, does not render anything again. */
class Parts {
  readonly picture: Picture;
  private readonly painter: Painter;
  private look: Look | null = null;
  private pointer: Point | null = null;
  private readonly listening;
  private readonly sizes: ResizeObserver;

  constructor(
    canvas: HTMLCanvasElement,
    private readonly readout: HTMLElement,
    private readonly events: Events,
  ) {
    this.picture = new Picture(() => this.changed(), events.report);
    this.painter = new Painter(canvas, () => this.drawn());
    this.listening = listen(canvas, {
      picture: () => this.size(),
      box: () => this.painter.box,
      view: () => this.painter.view,
      setView: (view) => this.setView(view),
      fit: () => this.fit(),
      over: (at) => {
        this.pointer = at;
        this.read();
      },
      click: (at) => {
        const size = this.size();
        const pixel = size && pixelAt(this.painter.view, this.painter.box, at, size);
        if (pixel) events.click(pixel);
      },
    });
    this.sizes = new ResizeObserver(() => {
      this.painter.box = { width: canvas.clientWidth, height: canvas.clientHeight };
      this.painter.request();
    });
    this.sizes.observe(canvas);
  }

  show(look: Look): void {
    this.look = look;
    this.changed();
  }

  zoom(factor: number): void {
    const { view, box } = this.painter;
    const size = this.size();
    if (size)
      this.setView(zoomed(view, view.scale * factor, [box.width / 2, box.height / 2], box, size));
  }

  actual(): void {
    this.zoom(1 / this.painter.view.scale);
  }

  fit(): void {
    const size = this.size();
    if (size) this.setView(fitted(this.painter.box, size));
  }

  dispose(): void {
    this.listening.dispose();
    this.sizes.disconnect();
    this.painter.dispose();
    this.picture.clear();
  }

  private size(): Size | null {
    return this.picture.shown?.size ?? null;
  }

  private setView(view: View): void {
    this.painter.view = view;
    this.painter.request();
  }

  private changed(): void {
    const { look, picture, painter } = this;
    if (!look) return;
    painter.scene = { ...look, picture: picture.shown };
    painter.request();
  }

  private drawn(): void {
    const { canvas, view } = this.painter;
    canvas.dataset.scale = String(view.scale);
    // While all of it is shown, a finger scrolls the panel.
    canvas.style.touchAction = view.fit ? "pan-y" : "none";
    this.events.scaled(this.size() && view);
    this.read();
  }

  /** The pixel under the pointer, or in the middle for those who use the keyboard, in words. */
  private read(): void {
    const text = this.pixelText();
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }

  private pixelText(): string {
    const { painter, look, picture } = this;
    const { box, view } = painter;
    const at: Point | null = this.pointer ?? (look?.cross ? [box.width / 2, box.height / 2] : null);
    const { shown } = picture;
    const pixel = shown && at && pixelAt(view, box, at, shown.size);
    if (!shown || !pixel || !look) return shown ? `${shown.size.width} × ${shown.size.height}` : "";
    const words = [`x ${pixel[0]} y ${pixel[1]}`];
    if (shown.depth) {
      const value = valueAt(shown.depth, ...pixel);
      words.push(value === null ? "no value" : `${look.format(value)} ${look.unit}`.trim());
    } else {
      const [r, g, b, a] = painter.colors(shown, ...pixel, 1, 1);
      words.push(`r ${r} g ${g} b ${b}${a === 255 ? "" : ` a ${a}`}`);
    }
    const { boxes, segmentation } = look.found;
    const found = {
      ...look.found,
      boxes: look.layers.boxes ? boxes : [],
      segmentation: look.layers.segmentation ? segmentation : null,
    };
    return [...words, ...namesAt(pixel, shown.size, found)].join(" · ");
  }
}

function useParts(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  readout: React.RefObject<HTMLElement | null>,
  events: Events,
): React.RefObject<Parts | null> {
  const parts = useRef<Parts | null>(null);
  const first = useRef(events);
  useLayoutEffect(() => {
    if (!canvas.current || !readout.current) return;
    const made = new Parts(canvas.current, readout.current, first.current);
    parts.current = made;
    return () => {
      made.dispose();
      parts.current = null;
    };
  }, [canvas, readout]);
  return parts;
}

/** In front of the whole page. Escape restores the size. */
function useMaximized(
  root: React.RefObject<HTMLElement | null>,
  canvas: React.RefObject<HTMLCanvasElement | null>,
) {
  const [on, setOn] = useState(false);
  const [toggle] = useState(() => () => setOn((was) => !was));
  const { actions } = useGui().options;
  useLayoutEffect(() => {
    const element = root.current;
    if (!on || !element) return;
    const before = document.activeElement;
    // In the top layer, without another place in the document: what is drawn stays.
    element.setAttribute("popover", "manual");
    element.showPopover?.();
    canvas.current?.focus({ preventScroll: true });
    const close = () => setOn(false);
    const keys = (e: KeyboardEvent) => {
      if (e.key !== "Escape") return;
      e.stopPropagation();
      close();
    };
    element.addEventListener("keydown", keys);
    const undo = actions.onEscape(close);
    return () => {
      undo();
      element.removeEventListener("keydown", keys);
      element.hidePopover?.();
      element.removeAttribute("popover");
      // When the element is back in its place: until then nothing in it takes the focus.
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      });
    };
  }, [on, root, canvas, actions]);
  return { on, toggle };
}

/** The height in pixels: given, that of the panel, or as the picture fits into its width. */
function useHeight(
  root: React.RefObject<HTMLElement | null>,
  props: Props,
  maximized: boolean,
): number | undefined {
  const phone = useContext(PhoneContext);
  const [height, setHeight] = useState<number>();
  const given = num(props.height, 0);
  const fill = props.fill === true;
  const aspect = num(props._width, 0) / (num(props._height, 0) || 1);
  useLayoutEffect(() => {
    const element = root.current;
    const body = element?.closest<HTMLElement>(".vg-body");
    if (!element || maximized) return;
    const measure = () => {
      const tools =
        element.clientHeight - (element.querySelector(".vg-image-stage")?.clientHeight ?? 0);
      if (fill && body && !phone) {
        const above =
          element.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
        setHeight(Math.max(MIN_FILL_PX, Math.floor(body.clientHeight - above - 12)));
        return;
      }
      const wanted = aspect > 0 ? Math.min(MAX_PX, element.clientWidth / aspect) : EMPTY_PX;
      setHeight(Math.round(tools + (given > 0 ? given : Math.max(40, wanted))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (body) observer.observe(body);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [root, given, fill, aspect, maximized, phone]);
  return height;
}
