// What a post can do without: files that it names, such as transcripts, captions, longer texts of notes.
import { isAbort } from '../errors.ts';
import { issueFrom } from './importer.ts';
import type { ImporterContext } from './importer.ts';

interface Otherwise<Made> {
  context: ImporterContext;
  otherwise: Made;
}

/**
 * What `use` makes of another file of the same import, named relative to `from`; null when it was not chosen, `otherwise` where
 * it can't be read or used, which is told. Rejects with the signal's reason alone.
 */
export async function companion<Made>(
  path: string,
  use: (text: string) => Made | Promise<Made>,
  { from = '', ...rest }: Otherwise<Made> & { from?: string },
): Promise<Made | null> {
  return orTold<Made | null>(
    path,
    async () => {
      const text = await rest.context.sibling(from, path);
      return text === null ? null : use(text);
    },
    rest,
  );
}

/** What `make` makes; where it throws, `otherwise`, and of that item the author is told once. */
export async function orTold<Made>(
  item: string,
  make: () => Made | Promise<Made>,
  { context, otherwise }: Otherwise<Made>,
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (isAbort(error)) throw error;
    context.tell(issueFrom(error, 'file-unreadable', item));
    return otherwise;
  }
}
