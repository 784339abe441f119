// Steps over words that no inline markup can begin in, so that prose is not looked at letter by letter by every rule of the grammar.
import type { InlineParser } from '@lezer/markdown';

/**
 * Words without a character that a rule of CommonMark or GFM begins with, each with one space behind it. A colon, an at sign or a full
 * stop within a word may be of an address; two spaces may be of a line break. Words are of
 * bounded length, so that a text without spaces costs no more than its length.
 */
const RUN = /(?:(?:[^\s\\`*_[\]!<>&~:@.]|\.(?=[.\s])){1,40} (?=[^ \n]))+/y;

/** Shorter runs are not worth the look. */
const SHORTEST = 2;

/** Reads nothing: the tree is the same with it and without. */
export const plainRun: InlineParser = {
  name: 'PlainRun',
  before: 'Escape',
  parse(context, _next, position) {
    RUN.lastIndex = position - context.offset;
    const run = RUN.exec(context.text);
    return run !== null && run[0].length >= SHORTEST ? position + run[0].length : -1;
  },
};
