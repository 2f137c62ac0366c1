import "./icons.css";
import type { ComponentProps, ReactNode } from "react";

/** The panel's own icons: strokes on a 24 by 24 grid. */
const SHAPES = {
  chevron: <path d="M8 10l4 4 4-4" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  close: <path d="M7 7l10 10M17 7L7 17" />,
  help: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M9.8 9.6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.2 1-1.2 2M12 16.5v.1" />
    </>
  ),
  tools: (
    <>
      <path d="M4 8h8M18 8h2M4 16h3M13 16h7" />
      <circle cx="15" cy="8" r="2.5" />
      <circle cx="10" cy="16" r="2.5" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="5.5" />
      <path d="M14.8 14.8L20 20" />
    </>
  ),
  move: (
    <path d="M12 3v18M3 12h18M9.5 5.5L12 3l2.5 2.5M9.5 18.5L12 21l2.5-2.5M5.5 9.5L3 12l2.5 2.5M18.5 9.5L21 12l-2.5 2.5" />
  ),
  eye: (
    <>
      <path d="M3 12c2.4-4 5.4-6 9-6s6.6 2 9 6c-2.4 4-5.4 6-9 6s-6.6-2-9-6z" />
      <circle cx="12" cy="12" r="2.5" />
    </>
  ),
  eyeOff: (
    <path d="M4 4l16 16M9.5 6.4A9 9 0 0 1 12 6c3.6 0 6.6 2 9 6-.8 1.4-1.7 2.5-2.7 3.4M6.5 7.8A15 15 0 0 0 3 12c2.4 4 5.4 6 9 6 1.3 0 2.5-.3 3.6-.8" />
  ),
  warning: <path d="M12 4.5l8.5 15h-17zM12 10.5v4M12 17v.1" />,
  camera: (
    <>
      <path d="M4 8.5h3.5L9 6.5h6l1.5 2H20V18H4z" />
      <circle cx="12" cy="13" r="3" />
    </>
  ),
  home: <path d="M4 12l8-7 8 7M6.5 10v9h11v-9M10 19v-5h4v5" />,
  code: <path d="M9 7l-5 5 5 5M15 7l5 5-5 5" />,
  document: <path d="M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 16h5" />,
  keyboard: <path d="M3 7h18v10H3zM7 10.5v.1M11 10.5v.1M15 10.5v.1M17.5 10.5v.1M8 14h8" />,
  pencil: <path d="M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3" />,
  eyedropper: (
    <path d="M5 19l1-4 8-8 3 3-8 8zM13 6l5 5M15.5 8.5l2.6-2.6a2 2 0 0 0-2.9-2.9l-2.6 2.6" />
  ),
  undo: <path d="M9 6L5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3" />,
  play: <path d="M8 5.5v13l10.5-6.5z" />,
  pause: <path d="M8.5 6v12M15.5 6v12" />,
  stepBack: <path d="M7 6v12M17.5 6.5v11L10 12z" />,
  stepOn: <path d="M17 6v12M6.5 6.5v11L14 12z" />,
  loop: (
    <path d="M5 12V10.5a3 3 0 0 1 3-3h10M15.5 5L18 7.5 15.5 10M19 12v1.5a3 3 0 0 1-3 3H6M8.5 19L6 16.5 8.5 14" />
  ),
  download: <path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={`vg-svg vg-icon-${name}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}

export interface IconButtonProps extends ComponentProps<"button"> {
  icon: IconName;
  /** Accessible name, also shown as a tooltip. */
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`vg-icon-button ${className ?? ""}`}
      aria-label={label}
      data-hint={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
