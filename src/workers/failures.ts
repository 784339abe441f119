// What failures of an embedder's worker mean, and how they are told.
import { isKindredError, toKindredError, type KindredError } from '../core/errors.ts';
import type { ModelState } from '../core/status.ts';
import { StartFailure } from './openSession.ts';

/** What went wrong in a start. */
export const causeOf = (error: unknown): unknown => (error instanceof StartFailure ? error.cause : error);

/** Another backend may do better. */
export function isBackendFailure(error: unknown): error is KindredError {
  return (
    isKindredError(error, 'backend-failed') ||
    isKindredError(error, 'probes-disagree') ||
    isKindredError(error, 'worker-crashed')
  );
}

/** What happened, without what the author should do about it. */
export function lineOf(error: KindredError): string {
  return error.code === 'backend-failed' && error.cause instanceof Error ? error.cause.message : error.message;
}

/** One line that fits after the name of what was refused. */
export function refusalLine(error: unknown): string {
  const known = toKindredError(error);
  return known.code === 'backend-failed' ? `it failed: ${lineOf(known)}` : known.message;
}

export function failed(error: KindredError): ModelState {
  return { state: 'failed', model: null, code: error.code, message: error.message };
}
