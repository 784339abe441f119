// Why a feed was not fetched, thrown from wherever that turns out.
import type { FeedRefusal } from '../../src/core/followApi.ts';

export interface RefusedDetails {
  /** What the feed's host answered with. */
  status?: number;
  /** When it may be asked again, in seconds. */
  retryAfterS?: number | null;
  cause?: unknown;
}

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: FeedRefusal;
  readonly status: number | null;
  readonly retryAfterS: number | null;

  constructor(reason: FeedRefusal, { status, retryAfterS, cause }: RefusedDetails = {}) {
    super(reason, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.status = status ?? null;
    this.retryAfterS = retryAfterS ?? null;
  }
}

/** Codes of Node's errors, by how they begin. */
const CERTIFICATE = /^(?:CERT|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/;
const NO_SUCH_HOST = /^(?:ENOTFOUND|EAI_|ENODATA)/;
const BROKEN = /^(?:Z_|ERR_STREAM_PREMATURE|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_PADDING)/;

export function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { code: known } = (error ?? {}) as { code?: unknown };
  const code = typeof known === 'string' ? known : '';
  const reason = CERTIFICATE.test(code)
    ? 'certificate'
    : NO_SUCH_HOST.test(code)
      ? 'unknown-host'
      : BROKEN.test(code)
        ? 'broken'
        : 'unreachable';
  return new Refused(reason, { cause: error });
}
