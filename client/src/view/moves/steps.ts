/** What the actions of moves.ts do. */
export { fitAll, focus, focusOn, focusTargets, lookFrom } from "./focus";
export { follow, followNode } from "./follow";
export { lookThrough } from "./lookThrough";
export { walk } from "./walk";
