// Guards over values that came from a file.

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isFinite = (value: unknown): value is number => Number.isFinite(value);

/** A whole number from 0 on that is exact. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** True when none is null. */
export const every = <T>(items: readonly (T | null)[]): items is T[] => items.every((item) => item !== null);
