// Words about the models: which there are, and how one is fetched, begun and changed.
import type { ModelSize } from '../../core/index.ts';
import { count, figure } from './count.ts';

export const model = {
  heading: 'Model',
  name: 'Name',
  state: 'State',
  states: {
    idle: 'Not started yet.',
    starting: 'Starting.',
    held: 'Waiting for you.',
    ready: 'Ready.',
    failed: 'Not running.',
  },
  chosen: 'Chosen',
  dimension: 'Dimensions',
  dimensionWhy: 'numbers for each passage',
  dimensionOf: (width: number) => `of ${figure(width)} numbers, for each passage`,
  size: 'Size',
  fromCache: 'from this browser’s cache',
  downloaded: 'downloaded since this page was opened',
  notKept: {
    full: 'not kept: the storage of this device is full. Free some space, or the next visit fetches it again',
    refused: 'not kept, as this browser keeps nothing for this page; the next visit fetches it again',
  },
  downloading: (loaded: string, total: string) => `Fetching ${loaded} of ${total}`,
  percent: (percent: number) => `${figure(percent)} %`,
  firstTime: 'Once; later visits take it from this browser.',
  failed: 'The model did not start',
  meanwhile: 'Until then, posts are compared by their words.',
  retry: 'Try again',
  stop: 'Stop fetching',
  held: {
    'saves-data': (size: string) => `This device saves data, so the model (${size}) is not fetched by itself.`,
    stopped: (size: string) => `The model (${size}) is fetched no further. What has arrived is kept.`,
  },
  heldMeanwhile: 'Until you do, posts are compared by their words.',
  fetch: 'Fetch the model',

  unnamed: 'the present model',
  sizes: { quick: 'Quick', thorough: 'Thorough', base: 'Base' } satisfies Record<ModelSize, string>,
  about: {
    quick: 'Made for posts. Reads fast, on small devices too.',
    thorough: 'Made for posts. Understands more, and takes about twice as long.',
    base: 'A general model as it was published, not made for posts.',
  } satisfies Record<ModelSize, string>,
  why: {
    person: 'By you.',
    library: 'Your posts were read with it already.',
    only: 'There is no other here.',
    unmeasured: 'The first one, as this device could not be measured.',
    rate: (perPost: string, posts: number, all: string) =>
      `About ${perPost} a post on this device: ${count(posts, 'post', 'posts')} in ${all}.`,
    thorough: 'That leaves time for the thorough one.',
    quick: (thorough: string, limit: string) =>
      `The thorough one would take ${thorough}; a new library should be ready in ${limit}.`,
  },
  choose: 'Read posts with',
  present: 'in use',
  here: (size: string) => `${size}, in this browser already`,
  toFetch: (size: string) => `${size} to fetch`,
  forYours: (posts: number, time: string) => `about ${time} for your ${count(posts, 'post', 'posts')}`,
  useOther: 'Change the model',
  use: (name: string) => `Read with ${name}`,
  useNote: (posts: number) =>
    posts === 0
      ? 'You have no posts yet, so the change is made at once.'
      : `Reads ${count(posts, 'post', 'posts')} again in the background. Until all are read, the present one answers.`,
  fetchingOther: (name: string, loaded: string, total: string) => `Fetching ${name}, ${loaded} of ${total}`,
  startingOther: (name: string) => `Starting ${name}`,
  reading: (name: string, done: number, total: number) =>
    `Reading with ${name}, ${figure(done)} of ${count(total, 'post', 'posts')}`,
  paused: 'paused',
  meanwhileOther: (present: string, other: string) =>
    `${present} answers until all are read, then ${other}. Should you close the page, it goes on next time.`,
  stay: (present: string) => `Stay with ${present}`,
  changeFailed: (name: string) => `${name} could not take over`,
  stillAnswers: (present: string) => `${present} answers as before.`,
  notChanged: 'The model was not changed',
  announceStart: (name: string) => `Reading every post with ${name}.`,
  announceStay: (present: string) => `Staying with ${present}.`,
  announceDone: (name: string) => `Every post is read. ${name} answers from now on.`,
};
