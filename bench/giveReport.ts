// Where a comparison's figures go: printed, and into files where these were asked for.
import { writeFileSync } from 'node:fs';

/** `files` are paths. */
export function giveReport(markdown: string, figures: unknown, files: { json?: string; markdown?: string }): void {
  process.stdout.write(markdown);
  if (files.json !== undefined) writeFileSync(files.json, `${JSON.stringify(figures, null, 2)}\n`);
  if (files.markdown !== undefined) writeFileSync(files.markdown, markdown);
}
