// What the benches' options on the command line mean.

/** A whole number of at least one. Throws an error that names the option and tells the usage. */
export function wholeOption(name: string, text: string, usage: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text} is no whole number above 0. ${usage}`);
  return value;
}
