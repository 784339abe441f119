// Words of the Status view.
import type { ExecutionProvider, ModelSize, NumericFormat, Refusable, WorkReason } from '../../core/index.ts';
import { count, figure } from './count.ts';

export const status = {
  heading: 'Status',
  opening: 'Opening your library',
  notOpen: 'Your library did not open',
  reload: 'Reload the page',
  copy: 'Copy as text',
  copyWhy: 'For a bug report. It holds no word of what you wrote.',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow copying.',

  privacy: {
    heading: 'Nothing leaves this page',
    lead: 'Your drafts, your posts and everything computed from them stay in this browser. No server takes part.',
    requests: 'Requests of this page',
    toItself: 'all to its own address',
    elsewhere: 'To other addresses',
    none: 'none',
    refused: 'Stopped by the policy',
    policy: 'How this is held',
    policyHolds:
      'The page’s content security policy lets it connect to its own address only; the browser refuses everything else, for the page and for its workers.',
    policyOpen: 'The page’s content security policy allows connections to other addresses.',
    policyMissing: 'This copy of the page carries no content security policy, as when it is being developed.',
    policyText: 'The policy',
  },

  device: {
    heading: 'Where it runs',
    none: 'Decided once the model starts.',
    backend: 'Computes on',
    provider: {
      webgpu: 'the graphics processor, through WebGPU',
      wasm: 'the processor, through WebAssembly',
    } satisfies Record<ExecutionProvider, string>,
    threads: 'Threads',
    threadsMeasured: 'the fastest here, as measured',
    threadsGuessed: 'by the number of cores; measured when posts are first read',
    workers: 'Workers',
    workersWhy:
      'of one thread each, as threads can’t share memory here; each holds the model, so it is in memory twice',
    device: 'Device',
    losses: 'Restarted',
    lossesWhy: (last: string) => `since this page was opened. The last time: ${last}`,
    format: 'Numbers',
    formats: {
      int8: '8-bit integers',
      fp32: '32-bit floats',
      fp16: '16-bit floats',
      nbits: 'integer weights, floating-point sums',
    } satisfies Record<NumericFormat, string>,
    probes: 'Agreement',
    probesWhy: 'the worst cosine of its vectors with the reference ones; 1 is equal',
    probesNone: 'Not checked yet.',
    measure: 'Measure this device',
    candidates: 'Considered',
    candidate: { webgpu: 'The graphics processor', wasm: 'The processor' } satisfies Record<ExecutionProvider, string>,
    exactly: (provider: ExecutionProvider, format: NumericFormat) => `(${provider}, ${format})`,
    chosen: 'Chosen',
    refused: 'Refused',
    runner: (provider: ExecutionProvider, threads: number, workers: number) => {
      if (provider === 'webgpu') return 'The graphics processor';
      return `The processor, ${workers > 1 ? count(workers, 'worker', 'workers') : count(threads, 'thread', 'threads')}`;
    },
    race: 'Timed on this device',
    raceWhy: (passages: number, seconds: string) =>
      `On ${count(passages, 'passage', 'passages')} of your posts, which waited ${seconds} for it. Remembered for this device, browser and model.`,
    tokensPerSecond: 'tokens a second',
    atMost: 'tokens a second at most; it did not finish in its time',
    kept: 'in use',
    again: 'Try again',
    againLabel: {
      webgpu: 'Try the graphics processor again',
      threads: 'Try several threads again',
    } satisfies Record<Refusable, string>,
    againWhat: {
      webgpu: (posts: number) =>
        'The model starts anew on the graphics processor, and is checked and timed there. ' +
        (posts === 0
          ? 'If it fails, all is as it is now.'
          : `If it passes, ${count(posts, 'post', 'posts')} are read again, as its vectors differ, and words answer until then. If it fails, all is as it is now.`),
      threads: () =>
        'The model starts anew with several threads, and is checked. Nothing is read again. If it fails, all is as it is now.',
    } satisfies Record<Refusable, (posts: number) => string>,
    againGo: 'Start it there',
    againStay: 'Leave it',
    againBegun: 'The model starts anew.',
    demoted: {
      webgpu: 'The graphics processor was given up on this device',
      threads: 'More than one thread was given up on this device',
    },
    demotedWhy: (reason: string, date: string) => `It was ${reason} (${date})`,
    demotedRemedy: {
      webgpu:
        'Posts are read on the processor instead, with nothing lost. It is tried again with the next version of your browser, or when you ask for it below.',
      threads:
        'Posts are read with one thread instead, with nothing lost. It is tried again with the next version of your browser, or when you ask for it below.',
    },
  },

  model: {
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
  },

  tabs: {
    heading: 'Tabs',
    work: 'Does the work',
    here: 'This tab. Model and index are in memory once, and other tabs ask it.',
    alone: 'This tab, for itself.',
    elsewhere: 'Another tab. This one asks it, so that model and index are in memory once.',
    why: 'Why',
    reasons: {
      here: {
        first: 'It was open first.',
        closed: 'It took over when the one before was closed.',
        stopped: 'It took over when the one before no longer answered.',
        'cannot-share':
          'This browser can’t share a library between tabs. Keep to one: what a second one changes, this one sees after a reload.',
      },
      elsewhere: {
        first: 'It was open first.',
        closed: 'It took over when the one before was closed.',
        stopped: 'It took over when the one before no longer answered, as when the browser puts a hidden tab to sleep.',
        'cannot-share': '–',
      },
    } satisfies Record<'here' | 'elsewhere', Record<WorkReason, string>>,
    open: 'Open tabs',
  },

  start: {
    heading: 'How the model started',
    unit: 'ms',
    fetch: 'Fetched',
    fetchWhy: 'until its files had come over the network',
    fetchKept: 'until its files were read from this browser',
    verify: 'Checked',
    verifyWhy: 'of that, to check that they are unaltered',
    instantiate: 'Runtime',
    instantiateWhy: 'until the WebAssembly runtime was there and compiled, meanwhile',
    create: 'Session',
    createWhy: 'to make the model ready to run',
    firstRun: 'First text',
    firstRunWhy: 'to embed it',
    warmMedian: 'Later texts',
    warmMedianWhy: 'for each, the median of the probes',
    note: 'Words answer meanwhile.',
  },

  posts: {
    heading: 'Posts',
    posts: 'Posts',
    passages: 'Passages',
    vectors: 'Vectors',
    soFar: 'so far',
    allEmbedded: 'every passage has one',
    toCompute: (passages: number) => `${count(passages, 'passage', 'passages')} to go`,
    waiting: 'Waiting',
    perPost: 'Time a post',
    perPostUnit: 'ms, over the last ones',
    session: 'Embedded now',
    sessionWhy: 'vectors computed since this page was opened',
    paused: 'Paused.',
    failed: 'Stopped.',
    unknown: '–',
  },

  offline: {
    heading: 'Without a network',
    page: 'Kept here',
    states: {
      waiting: 'In a moment.',
      keeping: 'The page is being kept in this browser.',
      kept: 'Yes: the page opens, searches and suggests without a network.',
    },
    impossible: {
      insecure: 'No: browsers keep a page only from a secure address (https) or this computer itself.',
      absent: 'No: this browser has no service workers here, as in some private windows.',
      refused: 'No: the browser refused. Free some space or allow storage for this page, then reload it.',
    },
    version: 'Version',
    newest: 'The newest that this browser has seen.',
    newer: 'A new one is here; this page goes on with its own until you reload it.',
    isolation: 'Isolated',
    isolated: 'Yes, across origins, so the model may use several threads.',
    notYetIsolated: 'From the next visit on, when this browser isolates the page itself.',
    notIsolated: 'No: neither the host nor this browser isolates the page, so the model runs on one thread.',
  },

  storage: {
    heading: 'Storage',
    kept: 'Kept in',
    indexeddb: 'this browser, in its own database (IndexedDB)',
    memory: 'memory only, until this page closes',
    used: 'Used',
    quota: 'Allowed',
    unknown: 'The browser does not say.',
    lasting: 'Lasting',
    persisted: 'Yes: the browser clears it only when you ask it to.',
    notPersisted: 'Not promised: the browser may clear it when the device runs out of space.',
    ask: 'Ask the browser to keep it',
    asked: 'The browser keeps it from now on.',
    models: 'Models kept here',
    inUse: 'in use',
    forget: 'Remove',
    forgetLabel: (name: string) => `Remove ${name} from this browser`,
    forgotten: (name: string, size: string) => `${name} (${size}) was removed. It is fetched again when you choose it.`,
    refused: 'The browser said no. It often agrees once you have used the page a few times, or bookmarked it.',
  },

  report: {
    title: 'Kindred status',
    browser: 'Browser',
    isolated: 'Cross-origin isolated',
    cores: 'Cores',
    yes: 'yes',
    no: 'no',
  },
};
