// A file read in pieces as text in pieces, for formats of any size.
import { KindredError } from '../errors.ts';
import { encodingOf } from './decodeText.ts';
import type { SourceFile } from './importer.ts';

/** Pieces of text, no byte order mark, no NUL. Rejects with `file-encoding` when the bytes are no text of their encoding. */
export async function* decodeChunks(file: SourceFile): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      decoder ??= new TextDecoder(encodingOf(bytes ?? new Uint8Array(), ''), { fatal: true });
      return decoder.decode(bytes, { stream: bytes !== undefined }).replaceAll('\0', '');
    } catch (cause) {
      throw new KindredError(
        'file-encoding',
        `${file.path} is not valid text of its encoding. Open it in an editor, save it as UTF-8 and import it again.`,
        { item: file.path, cause },
      );
    }
  };
  for await (const bytes of file.chunks()) yield decode(bytes);
  yield decode(undefined);
}
