/**
 * Check boxes of task lists ("- [x] done"). The sanitizer removes form fields, but keeps a marker, which is replaced
 * by a read-only check box afterwards.
 */
const OPEN = "vg-task-open";
const DONE = "vg-task-done";

export function taskMark(checked: boolean): string {
  return `<span class="${checked ? DONE : OPEN}"></span> `;
}

export function drawTasks(fragment: DocumentFragment): void {
  for (const mark of fragment.querySelectorAll(`span:is(.${OPEN}, .${DONE}):empty`)) {
    const done = mark.classList.contains(DONE);
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "vg-task";
    box.disabled = true;
    box.defaultChecked = done;
    box.ariaLabel = done ? "Done" : "Not done";
    mark.closest("li")?.classList.add("vg-task-item");
    mark.replaceWith(box);
  }
}
