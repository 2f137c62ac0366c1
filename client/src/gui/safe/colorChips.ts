const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^(rgb|hsl)a?\([\d\s.,%/+-]*(deg|grad|rad|turn)?[\d\s.,%/+-]*\)$/i;
/** Limit of chips per text. */
const MAX_CHIPS = 500;

/** Adds a color chip to each code span that is a color: `#ff8800`, `rgb(255, 136, 0)`, `hsl(32 100% 50%)`. */
export function addColorChips(fragment: DocumentFragment): void {
  let chips = 0;
  for (const code of fragment.querySelectorAll("code")) {
    const text = code.textContent.trim();
    if (!HEX.test(text) && !FUNCTION.test(text)) continue;
    if (code.parentElement?.localName === "pre" || ++chips > MAX_CHIPS) continue;
    const chip = document.createElement("span");
    chip.className = "vg-color-chip";
    chip.ariaHidden = "true";
    chip.style.backgroundColor = text;
    // Empty if it is not a valid color.
    if (chip.style.backgroundColor !== "") code.append(chip);
  }
}
