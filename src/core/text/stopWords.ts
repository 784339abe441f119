// English words too common to say what a text is about.

const WORDS =
  'a about above after again against all also am an and any are as at be because been before being below between both but by ' +
  'can cannot could did do does doing don down during each else etc even ever few for from further get got had has have having he ' +
  'her here hers herself him himself his how however i if in into is it its itself just let like ll may me might more most much ' +
  'must my myself no nor not now of off on once one only or other our ours ourselves out over own per re s same she should so ' +
  'some such t than that the their theirs them themselves then there these they this those through to too under until up upon us ' +
  've very was we were what when where which while who whom why will with within without would yes yet you your yours yourself ' +
  'yourselves';

let words: ReadonlySet<string> | undefined;

/** Whether a word, lower case and without its apostrophe's tail, is left out of terms. */
export function isStopWord(word: string): boolean {
  words ??= new Set(WORDS.split(' '));
  return words.has(word);
}
