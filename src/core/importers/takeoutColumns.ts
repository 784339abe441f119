// The columns of the table of videos in YouTube's Takeout, which names them in the language of the account.

/** Of these the table of videos has one at least, beside the id; tables of comments, playlists and songs have none. */
const OF_VIDEOS = ['video title (original)', 'video description (original)', 'approx duration (ms)'];
const VIDEO_ID = /^[\w-]{11}$/;
/** `(ms)`, `(original)`, `（オリジナル）`; a number in brackets only counts columns. */
const BRACKETED = /[(（][^()（）\d]+[)）]/;
/** Smaller tables have too little to be told by. */
const FEWEST_COLUMNS = 8;

/**
 * What the columns would be called in English, in lower case, or null for a table of something else. `first` is the first row; of it
 * only the cells of the first two columns are looked at.
 */
export function takeoutColumns(columns: readonly string[], first: readonly string[]): string[] | null {
  const names = columns.map((name) => name.toLowerCase());
  const isEnglish = names.includes('video id') && OF_VIDEOS.some((name) => names.includes(name));
  return isEnglish ? names : columnsByPlace(names, first);
}

/**
 * Every language has the columns in one order: id, duration (ms), language, category, description (original), channel, tags by number,
 * title (original), privacy, state, when made, when published. Behind each of the two texts may stand the language of it, in brackets too.
 */
function columnsByPlace(names: readonly string[], [id = '', duration = '']: readonly string[]): string[] | null {
  const isBracketed = (at: number): boolean => BRACKETED.test(names[at] ?? '');
  if (names.length < FEWEST_COLUMNS || !VIDEO_ID.test(id) || !/^\d*$/.test(duration) || !isBracketed(1)) return null;
  const texts = names.flatMap((_, at) => (at > 1 && isBracketed(at) && (at === 2 || !isBracketed(at - 1)) ? [at] : []));
  const title = texts.at(-1);
  if (title === undefined) return null;
  const privacy = title + (isBracketed(title + 1) ? 2 : 1);
  // Who may see a video must be known.
  if (privacy >= names.length) return null;
  const english = names.map((name, at) => {
    const number = at > 1 && at < title ? /\p{Nd}+/u.exec(name)?.[0] : undefined;
    return number === undefined ? name : `tag ${number}`;
  });
  english[0] = 'video id';
  english[1] = 'approx duration (ms)';
  const [description = title] = texts;
  english[description] = 'video description (original)';
  english[title] = 'video title (original)';
  ['privacy', 'video state', 'video create timestamp', 'video publish timestamp'].forEach((name, index) => {
    if (privacy + index < names.length) english[privacy + index] = name;
  });
  return english;
}

/** The words for what everyone may see; of a word that is not among them nothing is known, so it is taken for another. */
const PUBLIC = new Set(
  [
    'public, publique, público, pública, pubblico, pubblica, öffentlich, openbaar, offentlig, julkinen, publiczny, publiczne, publiczna',
    'veřejné, veřejný, verejné, nyilvános, publică, publice, viešas, vieša, herkese açık, publik, công khai, δημόσιο, δημόσια',
    'открытый доступ, доступно всем, відкритий доступ, загальнодоступне, عام, علني, ציבורי, सार्वजनिक, สาธารณะ, 公開, 公开, 공개',
  ]
    .join(', ')
    .split(', '),
);

/** Whether a word says, in any language that is known, that everyone may see a video. */
export function saysPublic(word: string): boolean {
  return PUBLIC.has(word.trim().toLowerCase().normalize('NFC'));
}
