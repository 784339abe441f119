// Marks a value whose buffers move to the other side instead of being copied.

const marked = new WeakMap<object, Transferable[]>();

/** Returns `value`; when it is an argument or a result of a remote call, `buffers` are transferred and are unusable here afterwards. */
export function transfer<T extends object>(value: T, buffers: Transferable[]): T {
  marked.set(value, buffers);
  return value;
}

/** The transferables marked on any of `values`. */
export function transferablesOf(values: readonly unknown[]): Transferable[] {
  return values.flatMap((value) => (typeof value === 'object' && value !== null ? (marked.get(value) ?? []) : []));
}
