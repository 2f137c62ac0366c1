import "./titlebar.css";
import { useState } from "react";
import { useCell, useGui } from "../context";
import { Icon, type IconName } from "../icons";
import { safeImage, safeLink } from "../safe/url";
import { list, str, strOrNull } from "../store/read";

const ICONS: Record<string, IconName> = {
  GitHub: "code",
  Description: "document",
  Keyboard: "keyboard",
};

/** The program's optional title bar: a logo and links. */
export function Titlebar() {
  const { theme } = useGui();
  const { titlebar } = useCell(theme.program);
  const dark = useCell(theme.dark);
  if (!titlebar) return null;
  const { image } = titlebar;
  const source = image && safeImage((dark && image.image_url_dark) || image.image_url_light);
  return (
    <nav className="vg-titlebar" aria-label="Program">
      {image && (
        <Link href={image.href}>
          <Logo key={source} source={source} alt={str(image.image_alt)} />
        </Link>
      )}
      <span className="vg-spring" />
      {list(titlebar.buttons).map((button, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole.
        <TitlebarButton key={i} button={button} />
      ))}
    </nav>
  );
}

/** The program's logo; if it cannot be loaded (see AllowRemoteImages), its description or its URL. */
function Logo({ source, alt }: { source: string | null; alt: string }) {
  const [missing, setMissing] = useState(source === null);
  if (missing) return <b data-hint={source ?? undefined}>{alt || source}</b>;
  return (
    <img
      src={source ?? undefined}
      alt={alt}
      referrerPolicy="no-referrer"
      onError={() => setMissing(true)}
    />
  );
}

function TitlebarButton({ button }: { button: unknown }) {
  if (typeof button !== "object" || button === null) return null;
  const { text, icon, href } = button as Record<string, unknown>;
  const shape = ICONS[str(icon)];
  const shown = strOrNull(text);
  return (
    <Link href={href} label={shown ?? strOrNull(icon) ?? "Link"}>
      {shape && <Icon name={shape} />}
      {shown}
    </Link>
  );
}

interface LinkProps {
  href: unknown;
  label?: string;
  children: React.ReactNode;
}

/** A link if its URL is safe, else only the content. */
function Link({ href, label, children }: LinkProps) {
  const target = safeLink(href);
  if (target === null) return <span className="vg-titlebar-item">{children}</span>;
  return (
    <a
      className="vg-titlebar-item"
      href={target}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
    >
      {children}
    </a>
  );
}
