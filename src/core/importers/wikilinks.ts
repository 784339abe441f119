// Links between the notes of an Obsidian vault, which other Markdown does not know.

/** `[[Note]]`, `[[Note#Part|words]]`, `![[picture.png]]`. A space behind the brackets is a test in a shell script. */
const WIKILINK = /(!?)\[\[(?![\s[])([^[\]|\n]{1,300})(?:\|([^[\]\n]{1,300}))?\]\]/g;
const COMMENT = /%%[^%]{0,5000}%%/g;

/** The Markdown with links of the vault as the words they show; pictures and comments to oneself go. */
export function plainWikilinks(markdown: string): string {
  if (!markdown.includes('[[')) return markdown;
  const words = markdown.replace(WIKILINK, (_, embed: string, target: string, shown: string | undefined) => {
    if (embed === '')
      return (
        shown ??
        target
          .replace(/^[^#]*\//, '')
          .replace(/#\^?/, ' ')
          .trim()
      );
    return '';
  });
  return words.includes('%%') ? words.replace(COMMENT, '') : words;
}
