// The address patterns that a site's own configuration names, read from the files of one import.
import { asFields } from './fieldValues.ts';
import type { FoundFile } from './foundFile.ts';
import { lazyPart } from './lazyParts.ts';
import { folderAndName, isConfig, isHugoConfig, isJekyllConfig } from './siteConfig.ts';

interface Rule {
  /** Applies to paths that start with this. */
  prefix: string;
  pattern: string;
}

const LARGEST_CONFIG = 262_144;
const SCRIPT_PERMALINK = /\bpermalink["']?\s*:\s*(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n]+)`)/;

/** Finds the pattern for a path, or null. Configuration that cannot be read says nothing. */
export async function sitePermalinks(files: readonly FoundFile[]): Promise<(path: string) => string | null> {
  const rules: Rule[] = [];
  for (const file of files) {
    if (isConfig(file.path) && file.size <= LARGEST_CONFIG) {
      const text = await file
        .whole()
        .then((bytes) => new TextDecoder().decode(bytes))
        .catch(() => '');
      rules.push(...(await rulesOf(file.path, text)));
    }
  }
  rules.sort((a, b) => b.prefix.length - a.prefix.length);
  return (path) => rules.find((rule) => path.startsWith(rule.prefix))?.pattern ?? null;
}

async function rulesOf(path: string, text: string): Promise<Rule[]> {
  const { folder, name } = folderAndName(path);
  const prefix = folder === '' ? '' : `${folder}/`;
  if (isJekyllConfig(name) || isHugoConfig(name)) {
    try {
      const { parseYaml, parseToml } = await lazyPart('front matter', path);
      const config = name.endsWith('.toml') ? parseToml(text) : parseYaml(text);
      return isJekyllConfig(name)
        ? ruleFor(`${prefix}_posts/`, asFields(config)?.['permalink'])
        : hugoRules(prefix, config);
    } catch {
      return []; // The site's own generator will complain of it; addresses then follow its defaults.
    }
  }
  const found = SCRIPT_PERMALINK.exec(text);
  return ruleFor(prefix, found?.[1] ?? found?.[2] ?? found?.[3]);
}

function hugoRules(prefix: string, config: unknown): Rule[] {
  const permalinks = asFields(asFields(config)?.['permalinks']);
  const bySection = asFields(permalinks?.['page']) ?? permalinks ?? {};
  return Object.entries(bySection).flatMap(([section, pattern]) => ruleFor(`${prefix}content/${section}/`, pattern));
}

function ruleFor(prefix: string, pattern: unknown): Rule[] {
  return typeof pattern === 'string' && pattern !== '' ? [{ prefix, pattern }] : [];
}
