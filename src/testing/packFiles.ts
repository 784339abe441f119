// Files packed into archives, for tests.
import { createTarPacker } from 'modern-tar';
import { BlobReader, BlobWriter, configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

type Files = Record<string, string | Uint8Array<ArrayBuffer> | Blob>;

const blobOf = (content: Files[string]): Blob => (content instanceof Blob ? content : new Blob([content]));

export async function packZip(files: Files, options: { password?: string } = {}): Promise<Blob> {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'), options);
  for (const [path, content] of Object.entries(files)) await writer.add(path, new BlobReader(blobOf(content)));
  return writer.close();
}

/** Paths go in as they are, dots and all. */
export async function packTar(files: Files): Promise<Blob> {
  const { readable, controller } = createTarPacker();
  const packed = new Response(readable).blob();
  for (const [path, content] of Object.entries(files)) {
    const blob = blobOf(content);
    await blob.stream().pipeTo(controller.add({ name: path, size: blob.size, type: 'file' }));
  }
  controller.finalize();
  return packed;
}

export const gzip = (blob: Blob): Promise<Blob> =>
  new Response(blob.stream().pipeThrough(new CompressionStream('gzip'))).blob();
