// YAML and TOML as they stand in front matter and site configuration. Loaded when first needed: see lazyParts.ts.
import { parse as parseTomlText, TomlError } from 'smol-toml';
import { parse as parseYamlText, YAMLParseError } from 'yaml';
import { plainYaml } from './plainYaml.ts';

/** Of two equal keys the last counts, as with the site generators; uses of an alias are bounded by the parser. */
export const parseYaml = (yaml: string): unknown => parseYamlText(yaml, { uniqueKeys: false, logLevel: 'error' });

export { plainYaml };

export const parseToml = (toml: string): unknown => parseTomlText(toml);

/** The line that a parser complained of, from 1. */
export function errorLine(error: unknown): number {
  if (error instanceof YAMLParseError) return error.linePos?.[0].line ?? 1;
  return error instanceof TomlError ? error.line : 1;
}
