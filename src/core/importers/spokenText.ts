// What is said in an episode, in any form that a feed may name: with times, as a page, or as plain text.
import type { StructuredText } from '../post.ts';
import { htmlToText } from '../text/structure/html.ts';
import { plainToText } from '../text/structure/plain.ts';
import type { Cue } from '../text/structure/readCues.ts';
import { cuesToText } from '../text/structure/timedText.ts';
import { elementText } from './elementText.ts';
import { allElements, htmlTree } from './htmlTree.ts';
import type { HtmlElement } from './htmlTree.ts';
import { cuesOf, lastingUntilNext } from './otherCues.ts';
import { readablePart } from './readablePart.ts';
import { secondsOf } from './timeCount.ts';

/** What none of the readers of cues made sense of, and is no prose either. */
const NO_PROSE = /^(?:\{|\[\s*[{[]|WEBVTT\b|(?:<\?xml[^<>]*>\s*)?<(?:\w+:)?(?:tt|transcript|timedtext)\b)/i;

/** Blocks have times where the source has some; empty where nothing is said. Throws `format-broken` as `htmlTree`. */
export function spokenText(source: string): StructuredText {
  const cues = cuesOf(source);
  if (cues.length > 0) return cuesToText(cues);
  const text = source.trimStart();
  if (NO_PROSE.test(text)) return plainToText('');
  return text.startsWith('<') ? spokenPage(text) : plainToText(text);
}

/** A page as Podcasting 2.0 describes it: `cite` names who speaks, `time` says when, `p` what; or any page. */
function spokenPage(html: string): StructuredText {
  const root = htmlTree(html);
  const paragraphs = paragraphsOf(html, root);
  if (paragraphs.some(({ startS }) => startS !== null)) return cuesToText(lastingUntilNext(turnsOf(paragraphs)));
  if (paragraphs.some(({ speaker }) => speaker !== '')) {
    const lines = paragraphs.map(({ speaker, text, goesOn }) =>
      speaker === '' || goesOn ? text : `${speaker}: ${text}`,
    );
    return plainToText(lines.join('\n\n'));
  }
  return htmlToText(readablePart(html, root)?.html ?? html);
}

interface Paragraph {
  speaker: string;
  /** In seconds; null before the first time that the page tells. */
  startS: number | null;
  text: string;
  /** Under the name and time of the one before. */
  goesOn: boolean;
}

function turnsOf(paragraphs: readonly Paragraph[]): Cue[] {
  const turns: Cue[] = [];
  for (const { speaker, startS, text, goesOn } of paragraphs) {
    const last = turns.at(-1);
    if (goesOn && last !== undefined) last.text += ` ${text}`;
    else turns.push({ speaker, startS: startS ?? 0, endS: startS ?? 0, text });
  }
  return turns;
}

function paragraphsOf(html: string, root: HtmlElement): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let speaker = '';
  let startS: number | null = null;
  let goesOn = false;
  const head = (one: HtmlElement): void => {
    const said = elementText(html, one);
    if (one.name === 'cite') speaker = said.replace(/\s*:$/, '');
    else startS = secondsOf(said.replace(/^[[(]|[\])]$/g, '')) ?? startS;
    goesOn = false;
  };
  for (const one of allElements(root, ({ name }) => name !== 'p' && name !== 'head')) {
    if (one.name === 'cite' || one.name === 'time') head(one);
    if (one.name !== 'p') continue;
    const { text } = htmlToText(html.slice(afterHeads(html, one, head), one.end));
    if (text === '') continue;
    paragraphs.push({ speaker, startS, text: text.replace(/\s+/g, ' '), goesOn });
    goesOn = true;
  }
  return paragraphs;
}

/** Where the words of a paragraph begin, behind the name and the time that some write into it. */
function afterHeads(html: string, paragraph: HtmlElement, head: (one: HtmlElement) => void): number {
  let at = paragraph.start;
  for (const child of paragraph.children) {
    const isHead = child.name === 'cite' || child.name === 'time';
    if (
      !isHead ||
      html
        .slice(at, child.start)
        .replace(/<[^<>]*>/g, '')
        .trim() !== ''
    )
      break;
    head(child);
    at = child.end;
  }
  return at;
}
