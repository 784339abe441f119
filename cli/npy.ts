// NumPy's file format, for two-dimensional float32 arrays.
import { open, readFile, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { npyHeader } from '../src/core/backup/index.ts';

/** Little-endian. */
const FLOAT32 = "'<f4'";
const MAGIC = Buffer.from('\x93NUMPY', 'latin1');

/** Writes rows as they come; the file appears under its name only when it is whole. */
export class NpyWriter {
  private readonly path: string;
  private readonly file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.file = file;
  }

  static async create(path: string, rows: number, columns: number): Promise<NpyWriter> {
    const file = await open(`${path}.part`, 'w');
    await file.writeFile(npyHeader(FLOAT32, [rows, columns]));
    return new NpyWriter(path, file);
  }

  async write(values: Float32Array): Promise<void> {
    await this.file.writeFile(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }

  async close(): Promise<void> {
    await this.file.close();
    await rename(`${this.path}.part`, this.path);
  }
}

export interface NpyArray {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** Reads a two-dimensional little-endian float32 array; anything else is an error that names the file. */
export async function readNpy(path: string): Promise<NpyArray> {
  const bytes = await readFile(path);
  const version = bytes[6] ?? 0;
  if (!bytes.subarray(0, 6).equals(MAGIC) || version < 1 || version > 3) {
    throw new Error(`${path} is not a .npy file.`);
  }
  const start = version === 1 ? 10 : 12;
  const dataStart = start + (version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  const header = bytes.toString('latin1', start, dataStart);
  const shape = /'shape': \((\d+), (\d+)\)/.exec(header);
  if (!header.includes(FLOAT32) || !header.includes("'fortran_order': False") || shape === null) {
    throw new Error(`${path} must hold rows of float32; its header is ${header.trim()}.`);
  }
  const [rows, columns] = [Number(shape[1]), Number(shape[2])];
  if (bytes.length - dataStart !== rows * columns * 4) throw new Error(`${path} is cut short or too long.`);
  // Copied, because the data need not be aligned within the file's buffer.
  const values = new Float32Array(rows * columns);
  bytes.copy(new Uint8Array(values.buffer), 0, dataStart);
  return { rows, columns, values };
}
