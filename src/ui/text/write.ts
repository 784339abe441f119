// Words of the Write view: the draft, the panel, what it says while it waits.
import { count, figure } from './count.ts';

export type ReasonPart = string | { term: string };

/** `a`, `b` and `c`, as parts. */
function enumerated(terms: readonly string[]): ReasonPart[] {
  return terms.flatMap((term, index): ReasonPart[] => {
    const quoted = { term };
    if (index === 0) return [quoted];
    return [index === terms.length - 1 ? ' and ' : ', ', quoted];
  });
}

export const write = {
  heading: 'Write',
  title: 'Title',
  titlePlaceholder: 'Title',
  body: 'Text of the draft',
  bodyPlaceholder: 'Write here. Related posts appear beside you as you go.',
  opening: 'Opening your drafts',
  words: (words: number) => count(words, 'word', 'words'),
  saved: 'Saved on this device',
  saving: 'Saving',
  unsaved: 'Not saved yet',
  notSaved: 'Not saved',
  untitled: 'Untitled draft',

  drafts: {
    button: 'Drafts',
    title: 'Drafts',
    create: 'New draft',
    list: 'Your drafts',
    edited: (when: string) => `edited ${when}`,
    remove: (title: string) => `Delete draft “${title}”`,
    removed: (title: string) => `Deleted draft “${title}”.`,
    broughtBack: (title: string) => `“${title}” is back.`,
    current: 'open now',
  },

  /** What another tab did to the open draft. */
  elsewhere: {
    bothChanged: 'This draft was changed in another tab, too. What you wrote here is now a draft of its own.',
    openOther: 'Open the other one',
    removed: (title: string) => `“${title}” was deleted in another tab.`,
    bringBack: 'Bring it back',
    close: 'Close',
  },

  welcome: {
    label: 'About this page',
    line: 'This is a demo: a small ferry company’s blog, and a draft that somebody has begun. Write, and see which of its posts are related.',
    own: 'Bring your own posts',
    close: 'Hide this line',
  },

  panel: {
    title: 'Related posts',
    draft: 'This draft',
    groups: {
      'near-duplicate': 'Already written',
      'same-topic': 'Same topic',
      related: 'Related',
      'link-target': 'Worth linking',
    },
    options: 'What is shown',
    amount: 'How much is shown',
    amounts: { fewer: 'Fewer', usual: 'Usual', more: 'More' },
    amountHints: {
      fewer: 'Only the surest matches.',
      usual: 'What you would likely link to.',
      more: 'Loosely related posts, too.',
    },
    filters: {
      kind: 'Kind',
      anyKind: 'Any kind',
      kinds: { post: 'Posts', note: 'Notes', video: 'Videos' },
      source: 'Source',
      anySource: 'Any source',
      tag: 'Tag',
      anyTag: 'Any tag',
      period: 'Period',
      anyTime: 'Any time',
      since: (year: number) => `Since ${year}`,
    },
    chosen: (parts: readonly string[]) => `Only: ${parts.join(' · ')}`,
    showAll: 'Show all',
    paragraph: 'This paragraph',
    cleared: 'The browser has cleared your library.',
    clearedMore: 'What to do',
    byWords: 'By words; reading more closely soon',
    byWordsOnly: 'By words only',
    byMeaning: 'By words and meaning',
    reading: (done: number, total: number) => `Reading ${figure(done)} of ${count(total, 'post', 'posts')}`,
    importing: (done: number, total: number) => `Bringing in ${figure(done)} of ${count(total, 'post', 'posts')}`,
    importingSome: 'Bringing in posts',
    modelLoading: (percent: number) => `Fetching the model, ${figure(percent)} %`,
    modelFailed: 'The model could not start, so posts are compared by their words only.',
    retryModel: 'Try the model again',
    fetchModel: (size: string) => `Fetch the model, ${size}`,
    why: 'Why',
    looking: 'Looking',
    nothing: 'Nothing similar yet.',
    nothingMore: 'As you write, posts that touch the same ground appear here.',
    nothingChosen: 'Nothing similar among these.',
    nothingChosenMore: 'Only some of your posts are shown.',
    nothingSure: 'Nothing similar enough.',
    nothingSureMore: 'Only the surest matches are shown.',
    showUsual: 'Show the usual',
    emptyDraft: 'Posts related to what you write appear here.',
    noPosts: 'Your library is empty.',
    noPostsMore: 'Add your earlier posts, and the related ones appear here while you write.',
    addPosts: 'Add posts',
    failed: 'Related posts could not be looked up.',
    again: 'Try again',
    dismissedCount: (posts: number) => `${figure(posts)} dismissed for this draft`,
    bringBack: 'Bring back',
    sheetOpen: (posts: number) =>
      posts === 0 ? 'No related posts yet' : count(posts, 'related post', 'related posts'),
    sheetClose: 'Back to the text',
  },

  suggestion: {
    kinds: { post: 'Post', note: 'Note', video: 'Video' },
    linked: 'Linked already',
    strength: 'Strength of the match',
    strengths: { strong: 'strong', fair: 'fair', faint: 'faint' },
    open: (title: string) => `Open “${title}” in the reader`,
    insert: 'Insert link',
    insertLabel: (title: string) => `Insert a link to “${title}”`,
    link: (words: string) => `Link “${words}”`,
    linkLabel: (words: string, title: string) => `Link “${words}” in the text to “${title}”`,
    copy: 'Copy link',
    copyLabel: (title: string) => `Copy the link of “${title}”`,
    dismiss: 'Dismiss',
    dismissLabel: (title: string) => `Dismiss “${title}”`,
    read: 'Read',
    noAddress: 'This post has no address to link to',
    dismissed: (title: string) => `Dismissed “${title}”`,
    copied: (title: string) => `Copied the link of “${title}”.`,
    copyFailed: 'The browser did not allow copying. Open the post and copy its link there.',
    inserted: (title: string) => `Inserted a link to “${title}”.`,
    linkedWords: (words: string, title: string) => `Linked “${words}” to “${title}”.`,
    back: (title: string) => `“${title}” is back.`,
    minute: (minute: string) => minute,
    summary: 'Title and summary',
    series: (parts: number) => `+${figure(parts)} of this series`,
    seriesLabel: (title: string) => `Other parts of the series of “${title}”`,
  },

  /** That a post says what the draft says: how the two differ follows. */
  duplicate: {
    already: 'Already written',
    earlier: (when: string) => `Already written ${when}`,
    ahead: 'Already written, dated after today',
  },

  alike: {
    label: (posts: number) => (posts === 1 ? 'Says the same:' : 'Say the same:'),
    more: (posts: number) => `and ${count(posts, 'other', 'others')}`,
  },

  reason: {
    shares: (terms: readonly string[]): ReasonPart[] => ['Shares ', ...enumerated(terms)],
    names: (names: readonly string[]): ReasonPart[] => ['Names ', ...enumerated(names), ' too'],
    named: (words: string): ReasonPart[] => ['Your words “', { term: words }, '” name it'],
    meaning: 'Close in meaning',
    meaningAndShares: (terms: readonly string[]): ReasonPart[] => ['Close in meaning; shares ', ...enumerated(terms)],
    minute: (minute: string) => `says so in ${minute}`,
    linkedFrom: (posts: number) => `linked from ${count(posts, 'post', 'posts')}`,
    joined: '; ',
    end: '.',
  },

  /** What the place of a suggestion is made of. */
  why: {
    button: 'Why',
    label: (title: string) => `Why “${title}” is suggested`,
    speaksFor: 'What speaks for it',
    speaksAgainst: 'What counts against it',
    raises: {
      words: 'It shares your words',
      title: 'Your draft has the words of its title',
      meaning: 'It is close in meaning',
      time: 'It was written lately',
      links: 'Related posts link to it',
      tags: 'It is tagged like related posts',
      length: 'It goes into detail',
    },
    lowers: {
      words: 'It shares few of your words',
      title: 'Your draft lacks the words of its title',
      meaning: 'Others are closer in meaning',
      time: 'It was written long ago',
      links: 'Few related posts link to it',
      tags: 'Related posts are tagged otherwise',
      length: 'It is short',
    },
    terms: 'Words you share, heaviest first',
    lead: (title: string, by: string) => `It stands before “${title}” mostly because ${by}.`,
    leads: {
      words: 'it shares more of your words',
      title: 'your draft has more of the words of its title',
      meaning: 'it is closer in meaning',
      time: 'it is newer',
      links: 'related posts link to it more',
      tags: 'it is tagged more like related posts',
      length: 'it goes into more detail',
    },
    compared: 'Against the other posts that came into question for this draft.',
  },

  announce: {
    related: (titles: readonly string[], more: number) =>
      `${count(titles.length + more, 'related post', 'related posts')}: ${titles.join(', ')}${more > 0 ? `, and ${more} more` : ''}`,
    none: 'No related posts',
    /** After a change of what is shown; `what` is the amount, when that was changed. */
    chosen: (what: string | null, posts: number) => {
      const found = posts === 0 ? 'no related posts' : count(posts, 'related post', 'related posts');
      return what === null ? `Showing ${found}` : `${what}: ${found}`;
    },
    reached: (index: number, total: number, title: string, details: string) =>
      `${index} of ${total}: ${title}. ${details}`,
    noSuggestions: 'No related posts to go through',
    back: 'Back in the text',
  },
};
