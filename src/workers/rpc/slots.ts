// Takes what can't be cloned (signals, functions) out of a call's arguments, and puts stand-ins back in on the other side.
import { transferablesOf } from './transfer.ts';
import type { SlotPath } from './wire.ts';

export type Callback = (...args: unknown[]) => unknown;

export interface ExtractedArgs {
  /** The arguments with undefined in place of each signal and function; objects without any are passed as they are. */
  args: unknown[];
  signals: { path: SlotPath; signal: AbortSignal }[];
  callbacks: { path: SlotPath; callback: Callback }[];
  transferables: Transferable[];
}

/** Looks at the arguments and into plain objects, not into arrays: those hold data, and may be long. */
export function extractArgs(args: readonly unknown[]): ExtractedArgs {
  const found: Omit<ExtractedArgs, 'args'> = { signals: [], callbacks: [], transferables: [] };

  function visit(value: unknown, path: SlotPath): unknown {
    found.transferables.push(...transferablesOf([value]));
    if (value instanceof AbortSignal) {
      found.signals.push({ path, signal: value });
      return undefined;
    }
    if (typeof value === 'function') {
      found.callbacks.push({ path, callback: value as Callback });
      return undefined;
    }
    if (!isPlainObject(value)) return value;
    let copy: Record<string, unknown> | null = null;
    for (const key of Object.keys(value)) {
      const cleaned = visit(value[key], [...path, key]);
      if (cleaned === value[key]) continue;
      copy ??= { ...value };
      copy[key] = cleaned;
    }
    return copy ?? value;
  }

  return { args: args.map((arg, index) => visit(arg, [index])), ...found };
}

/** Writes a stand-in at the place an original was taken from. The objects on the way are this side's own clones. */
export function fillSlot(args: unknown[], path: SlotPath, value: unknown): void {
  const [index, ...keys] = path;
  const last = keys.pop();
  if (last === undefined) {
    args[index] = value;
    return;
  }
  const holder = keys.reduce<unknown>((at, key) => (isPlainObject(at) ? at[key] : undefined), args[index]);
  if (isPlainObject(holder)) holder[last] = value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
