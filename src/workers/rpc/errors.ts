// Errors on the wire: code, message, item, stack and cause survive the crossing, and an abort stays an abort.
import { KindredError } from '../../core/errors.ts';
import type { ErrorCode, KindredErrorOptions } from '../../core/errors.ts';

export type EncodedError =
  | {
      type: 'kindred';
      code: ErrorCode;
      message: string;
      item: string | undefined;
      stack: string | undefined;
      cause: EncodedError | null;
    }
  | { type: 'error'; name: string; message: string; stack: string | undefined; cause: EncodedError | null }
  | { type: 'dom'; name: string; message: string }
  | { type: 'value'; value: string | number | boolean | null | undefined };

/** Causes can form a cycle; nobody reads past a few. */
const MAX_CAUSES = 8;

/** Anything thrown, in a form that can be cloned. Values that are no errors keep their text only, unless they are plain primitives. */
export function encodeError(error: unknown, depth = 0): EncodedError {
  // Before Error: a DOMException is one, yet loses its class and code when rebuilt as an Error.
  if (error instanceof DOMException) return { type: 'dom', name: error.name, message: error.message };
  if (error instanceof Error) {
    const { message, stack } = error;
    const cause = error.cause === undefined || depth >= MAX_CAUSES ? null : encodeError(error.cause, depth + 1);
    return error instanceof KindredError
      ? { type: 'kindred', code: error.code, message, item: error.item, stack, cause }
      : { type: 'error', name: error.name, message, stack, cause };
  }
  if (typeof error === 'string' || typeof error === 'number' || typeof error === 'boolean') {
    return { type: 'value', value: error };
  }
  return { type: 'value', value: error === undefined || error === null ? error : describe(error) };
}

export function decodeError(encoded: EncodedError): unknown {
  switch (encoded.type) {
    case 'dom':
      return new DOMException(encoded.message, encoded.name);
    case 'value':
      return encoded.value;
    case 'kindred': {
      const options: KindredErrorOptions = {};
      if (encoded.item !== undefined) options.item = encoded.item;
      if (encoded.cause !== null) options.cause = decodeError(encoded.cause);
      return withStack(new KindredError(encoded.code, encoded.message, options), encoded.stack);
    }
    case 'error': {
      const cause = encoded.cause === null ? undefined : { cause: decodeError(encoded.cause) };
      const error = new Error(encoded.message, cause);
      error.name = encoded.name;
      return withStack(error, encoded.stack);
    }
    default:
      return encoded satisfies never;
  }
}

function withStack(error: Error, stack: string | undefined): Error {
  if (stack !== undefined) error.stack = stack;
  return error;
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'an unprintable value';
  }
}
