// NumPy's file format (NEP 1, version 1.0): a header in Python's words, then the bytes of the array, little-endian.

const MAGIC = Uint8Array.from('\x93NUMPY\x01\x00', (letter) => letter.charCodeAt(0));
/** The data starts at a multiple of this, so that it can be mapped into memory. */
const ALIGNMENT = 64;
const encoder = new TextEncoder();

/**
 * Header of an array in C order.
 * @param descr its type, as Python writes it: `'<f4'`, or a list of fields
 */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const lengths = shape.length === 1 ? `${shape.join()},` : shape.join(', ');
  const dictionary = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${lengths}), }`;
  const unpadded = MAGIC.length + 2 + dictionary.length + 1;
  const text = dictionary + ' '.repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT) + '\n';
  const header = new Uint8Array(MAGIC.length + 2 + text.length);
  header.set(MAGIC);
  new DataView(header.buffer).setUint16(MAGIC.length, text.length, true);
  header.set(encoder.encode(text), MAGIC.length + 2);
  return header;
}

/** The record of a passage: `post`, the id in at most `idLength` code points, `start`, `end`, and `vector`. */
export const passageType = (idLength: number, dimension: number): string =>
  `[('post', '<U${idLength}'), ('start', '<u4'), ('end', '<u4'), ('vector', '<f4', (${dimension},))]`;

export interface PassageRow {
  start: number;
  end: number;
  vector: Float32Array;
}

/** Bytes of the passages of one post, of the type that `passageType` names. An id that is longer is cut. */
export function passageRecords(post: string, rows: readonly PassageRow[], idLength: number): Uint8Array<ArrayBuffer> {
  const letters = Array.from(post, (letter) => letter.codePointAt(0) ?? 0).slice(0, idLength);
  const size = rows.reduce((sum, { vector }) => sum + (idLength + 2 + vector.length) * 4, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { start, end, vector } of rows) {
    letters.forEach((letter, index) => view.setUint32(at + index * 4, letter, true));
    at += idLength * 4;
    view.setUint32(at, start, true);
    view.setUint32(at + 4, end, true);
    at += 8;
    for (const value of vector) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}
