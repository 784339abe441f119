// Asks the server behind `npm start` for feeds: the only request that the library makes for what an author follows.
import { KindredError } from '../../errors.ts';
import { fieldsOf } from '../fieldsOf.ts';
import {
  FEED_REPLY_HEADER,
  type FeedQuestion,
  type FeedRefusal,
  type FeedReply,
  type FeedServer,
} from '../../followApi.ts';
import { refusedFeed, serverProblem } from './feedAddress.ts';

export type FetchedFeed =
  Exclude<FeedReply, { kind: 'feed' }> | (Extract<FeedReply, { kind: 'feed' }> & { body: Blob });

export interface FeedServerClient {
  /** Whether it fetches feeds. Never rejects. */
  ask(): Promise<FeedServer>;
  /** Rejects with a `FeedRefused` that says when to ask again, or with the signal's reason. */
  fetch(question: FeedQuestion, signal: AbortSignal): Promise<FetchedFeed>;
}

export class FeedRefused extends Error {
  override readonly name = 'FeedRefused';
  readonly error: KindredError;
  /** As its host wishes, in milliseconds; null where it says nothing. */
  readonly retryAfterMs: number | null;

  constructor(error: KindredError, retryAfterMs: number | null) {
    super(error.message, { cause: error });
    this.error = error;
    this.retryAfterMs = retryAfterMs;
  }
}

const REFUSALS: readonly FeedRefusal[] = [
  ...(['off', 'busy', 'elsewhere', 'address-invalid', 'address-private', 'unknown-host', 'unreachable'] as const),
  ...(['certificate', 'too-slow', 'status', 'too-many-redirects', 'too-large', 'broken', 'not-a-feed'] as const),
];

/** @param url of the server's endpoint */
export function createFeedServer(
  url: string,
  send: (url: string, options: RequestInit) => Promise<Response> = (...args) => fetch(...args),
): FeedServerClient {
  const always = { cache: 'no-store', credentials: 'omit', redirect: 'error' } as const satisfies RequestInit;
  return {
    ask: async () => {
      try {
        const response = await send(url, always);
        // A host of files has none, or answers with a page.
        if (!response.ok || !isJson(response)) return 'absent';
        const { feeds } = fieldsOf(await response.json());
        return feeds === 'on' || feeds === 'off' ? feeds : 'absent';
      } catch {
        return 'unreachable';
      }
    },
    fetch: async (question, signal) => {
      const response = await send(url, {
        ...always,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(question),
        signal,
      }).catch((cause: unknown) => {
        signal.throwIfAborted();
        throw new FeedRefused(lostServer(cause), null);
      });
      if (!response.ok) throw await refusalOf(response, question.address);
      const reply = parseReply(response.headers.get(FEED_REPLY_HEADER));
      if (reply === null) throw new FeedRefused(lostServer(), null);
      return reply.kind === 'feed' ? { ...reply, body: await response.blob() } : reply;
    },
  };
}

async function refusalOf(response: Response, address: string): Promise<FeedRefused> {
  const { refused, status, retryAfterS } = isJson(response) ? fieldsOf(await response.json().catch(() => null)) : {};
  const reason = REFUSALS.find((known) => known === refused);
  if (reason === undefined) return new FeedRefused(lostServer(), null);
  const error = refusedFeed(address, reason, typeof status === 'number' ? status : null);
  return new FeedRefused(error, typeof retryAfterS === 'number' ? retryAfterS * 1000 : null);
}

function lostServer(cause?: unknown): KindredError {
  const { code, message } = serverProblem('unreachable');
  return new KindredError(code, message, { cause });
}

function parseReply(header: string | null): FeedReply | null {
  const { kind, feeds, type, movedTo, etag, modified } = fieldsOf(parsed(header));
  switch (kind) {
    case 'unchanged':
      return { kind };
    case 'page':
      return { kind, feeds: Array.isArray(feeds) ? feeds.filter((one) => typeof one === 'string') : [] };
    case 'feed':
      return {
        kind,
        type: typeof type === 'string' ? type : '',
        movedTo: asText(movedTo),
        etag: asText(etag),
        modified: asText(modified),
      };
    default:
      return null;
  }
}

function parsed(header: string | null): unknown {
  try {
    return JSON.parse(decodeURIComponent(header ?? ''));
  } catch {
    return null;
  }
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const isJson = ({ headers }: Response): boolean => headers.get('content-type')?.startsWith('application/json') ?? false;
