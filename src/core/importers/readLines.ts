// Lines of a large file, read as a stream.

export interface Line {
  /** From 1. */
  number: number;
  /** Bytes without the line end, or null for a line longer than the limit. */
  bytes: Uint8Array | null;
}

const LINE_FEED = 0x0a;

/** Batches of lines, one batch a piece of the file. Holds at most one piece and one line. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  options: { longest: number },
): AsyncGenerator<Line[]> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let number = 0;
  const line = (tail: Uint8Array): Line => {
    const whole = pendingBytes === 0 ? tail : concat([...pending, tail], pendingBytes + tail.length);
    const isTooLong = pendingBytes + tail.length > options.longest;
    pending = [];
    pendingBytes = 0;
    return { number: ++number, bytes: isTooLong ? null : whole };
  };
  for await (const value of chunks) {
    const batch: Line[] = [];
    let start = 0;
    for (let end = value.indexOf(LINE_FEED); end >= 0; end = value.indexOf(LINE_FEED, start)) {
      batch.push(line(value.subarray(start, end)));
      start = end + 1;
    }
    const rest = value.subarray(start);
    // Of a line beyond the limit only its length is kept.
    if (rest.length > 0 && pendingBytes <= options.longest) pending.push(rest);
    else pending = pendingBytes > options.longest ? [] : pending;
    pendingBytes += rest.length;
    if (batch.length > 0) yield batch;
  }
  if (pendingBytes > 0) yield [line(new Uint8Array(0))];
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    if (at + part.length > length) break;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
