// The body of an answer, unpacked and never more than it may be.
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Refused } from './refused.ts';

/** What `decoded` can unpack. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Rejects with `too-large` as soon as more than `most` bytes came, packed or unpacked. `onData` is called for each piece. */
export async function readBody(response: IncomingMessage, most: number, onData: () => void): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > most) throw new Refused('too-large');
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of decoded(response) as AsyncIterable<Buffer>) {
    onData();
    size += piece.length;
    if (size > most) throw new Refused('too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function decoded(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  switch (encoding) {
    case 'identity':
    case '':
      return response;
    case 'gzip':
    case 'x-gzip':
      return pipeline(response, createGunzip(), ended);
    case 'deflate':
      return pipeline(response, createInflate(), ended);
    case 'br':
      return pipeline(response, createBrotliDecompress(), ended);
    default:
      throw new Refused('broken');
  }
}

/** The reader of the stream hears of the error too. */
const ended = (): void => undefined;
