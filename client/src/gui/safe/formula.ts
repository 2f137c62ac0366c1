export interface Formula {
  tex: string;
  display: boolean;
}

/** The source between the delimiters. */
export function formulaOf(source: string): Formula {
  const two = /^(?:\$\$|\\[([])/.test(source);
  const display = /^(?:\$\$|\\\[)/.test(source);
  const [skip, end] = two ? [2, -2] : source.startsWith("$") ? [1, -1] : [0, undefined];
  return { tex: source.slice(skip, end).trim(), display };
}
