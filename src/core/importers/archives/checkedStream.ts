// Bytes that are unpacked, counted as they come: more than there may be, or a failure on the way, ends them with an error.

export interface StreamChecks {
  /** Gets the bytes so far, and throws when there may not be so many. */
  check: (length: number) => void;
  /** What whoever reads is told of a failure. */
  failed: (cause: unknown) => Error;
}

export function checkedStream(
  unpacked: ReadableStream<Uint8Array>,
  { check, failed }: StreamChecks,
): ReadableStream<Uint8Array> {
  const reader = unpacked.getReader();
  let length = 0;
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        length += value.length;
        check(length);
        controller.enqueue(value);
      } catch (cause) {
        controller.error(failed(cause));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
