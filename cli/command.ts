// What every command does around its work: errors as one line, an exit code, progress on a terminal.
import { isKindredError } from '../src/core/errors.ts';

/** Runs a command: what it throws is printed without a stack and exits with 1; otherwise its own code is used. */
export async function command(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const item = isKindredError(error) && error.item !== undefined ? ` (${error.item})` : '';
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}${item}\n`);
    process.exitCode = 1;
  }
}

/** Rewrites one line of the terminal; silent where standard error is no terminal. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}

/** Ends the progress line. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}
