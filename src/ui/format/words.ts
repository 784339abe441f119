// How many words a text has, as its author counts them.

/** Runs of letters and digits, hyphens and apostrophes inside; the addresses of Markdown links are not words. */
export function countWords(markdown: string): number {
  const readable = markdown.replace(/\]\([^)\s]*\)/g, ']').replace(/https?:\/\/\S+/g, '');
  return readable.match(/[\p{L}\p{N}]+(?:['’\-‑][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
