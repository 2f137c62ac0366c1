import type {
  ControlWidth,
  ThemeConfigurationMessage,
  TitlebarConfig,
} from "../protocol/messages.gen";
import { Disposables } from "../shared/disposables";
import { Cell, type Observable } from "../shared/observable";

/** The user's choice; "program" follows the server and the URL. */
export type DarkChoice = "program" | "light" | "dark";

export interface ProgramTheme {
  titlebar: TitlebarConfig | null;
  width: ControlWidth;
  /** Ten shades from light to dark, or null for the default. */
  colors: readonly string[] | null;
}

const DEFAULT: ProgramTheme = { titlebar: null, width: "medium", colors: null };
const WIDTHS: readonly string[] = ["small", "medium", "large"] satisfies ControlWidth[];
const STORAGE_KEY = "viser-go.theme";

export class ThemeState {
  readonly program = new Cell<ProgramTheme>(DEFAULT);
  readonly choice: Cell<DarkChoice>;
  /** The effective mode. */
  readonly dark: Cell<boolean>;
  private readonly programDark: Observable<boolean>;
  private readonly disposables = new Disposables();

  /** `linked` is the choice of a link: it holds for this page, and is not saved as the user's. */
  constructor(
    programDark: Observable<boolean>,
    storage: Storage | null = browserStorage(),
    linked: "light" | "dark" | null = null,
  ) {
    this.programDark = programDark;
    this.choice = new Cell(linked ?? readChoice(storage));
    this.dark = new Cell(this.effective());
    const update = () => this.dark.set(this.effective());
    this.disposables.add(programDark.subscribe(update));
    this.disposables.add(this.choice.subscribe(update));
    this.disposables.add(this.choice.subscribe((choice) => writeChoice(storage, choice)));
  }

  configure(message: ThemeConfigurationMessage): void {
    this.program.set({
      titlebar: message.titlebar_content ?? null,
      width: WIDTHS.includes(message.control_width) ? message.control_width : "medium",
      colors: readColors(message.colors),
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private effective(): boolean {
    const choice = this.choice.get();
    return choice === "program" ? this.programDark.get() : choice === "dark";
  }
}

/** They are inserted into a style sheet: only plain hexadecimal colors are allowed. */
function readColors(colors: unknown): readonly string[] | null {
  if (!Array.isArray(colors) || colors.length !== 10) return null;
  return colors.every((c) => typeof c === "string" && /^#[0-9a-f]{3,8}$/i.test(c)) ? colors : null;
}

/** null: denied, as in private windows and embedded pages. */
function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function readChoice(storage: Storage | null): DarkChoice {
  try {
    const saved = storage?.getItem(STORAGE_KEY);
    return saved === "light" || saved === "dark" ? saved : "program";
  } catch {
    return "program";
  }
}

function writeChoice(storage: Storage | null, choice: DarkChoice): void {
  try {
    if (choice === "program") storage?.removeItem(STORAGE_KEY);
    else storage?.setItem(STORAGE_KEY, choice);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}
