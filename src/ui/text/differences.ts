// Words for how two texts that say the same differ: parts of one sentence.

export const differences = {
  wordForWord: 'word for word the same',
  otherWords: 'told in other words',
  numbers: (pairs: string) => `the numbers differ: ${pairs}`,
  names: (pairs: string) => `the names differ: ${pairs}`,
  portions: {
    little: 'a little',
    quarter: 'about a quarter',
    third: 'about a third',
    half: 'about half',
    most: 'most',
  },
  joined: '; ',
  between: ', ',
  end: '.',
  draft: {
    changed: (here: string, there: string) => `${here} here, ${there} there`,
    added: (portion: string) => `${portion} of the draft is new`,
    leftOut: (portion: string) => `${portion} of the post is left out`,
    goesOn: 'the post says much more',
  },
  pair: {
    changed: (first: string, second: string) => `${first} and ${second}`,
    added: (portion: string) => `${portion} is only in the first`,
    leftOut: (portion: string) => `${portion} is only in the second`,
    goesOn: 'the second says much more',
  },
};
