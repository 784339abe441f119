// Words of the Status view.
import type {
  DamagedBlock,
  ExecutionProvider,
  NumericFormat,
  Refusable,
  Runner,
  WorkReason,
} from '../../core/index.ts';
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
    batches: 'Texts at a time',
    batchesOne: 'one',
    batchesTogether: 'several, where they have equally many tokens; timed when posts are first read',
    batchesMeasured: 'several, where they have equally many tokens: faster here, as measured',
    workers: 'Workers',
    workersWhy:
      'of one thread each, as threads can’t share memory here; each holds the model, so it is in memory twice',
    readers: 'For many posts',
    readersWhy:
      'workers of one thread each, faster here as measured; each holds the model, and they stay while posts are read',
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
    refused: 'Not used',
    runner: ({ provider, threads, workers = 1, batched }: Runner) => {
      if (provider === 'webgpu')
        return `The graphics processor, ${batched === true ? 'several texts' : 'one text'} at a time`;
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
      batches: 'Try several texts at a time again',
      threads: 'Try several threads again',
    } satisfies Record<Refusable, string>,
    againWhat: {
      webgpu: (posts: number) =>
        'The model starts anew on the graphics processor, and is checked and timed there. ' +
        (posts === 0
          ? 'If it fails, all is as it is now.'
          : `If it passes, ${count(posts, 'post', 'posts')} are read again, as its vectors differ, and words answer until then. If it fails, all is as it is now.`),
      batches: () =>
        'The model starts anew, and is checked with several texts at a time. Nothing is read again. If it fails, all is as it is now.',
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
    library: 'Of it your library',
    quota: 'Allowed',
    unknown: 'The browser does not say.',
    damaged: 'Damage found',
    damagedWhy: (reasons: string) => `when opened, and made again: ${reasons}`,
    parts: { vectors: 'vectors', digests: 'posts in brief', terms: 'words' } satisfies Record<
      DamagedBlock['what'],
      string
    >,
    damagedBlock: (what: string, block: number, reason: string) => `block ${figure(block)} of ${what}, ${reason}`,
    lasting: 'Lasting',
    persisted: 'Yes: the browser clears it only when you ask it to.',
    notPersisted: 'Not promised: the browser may clear it when the device runs out of space.',
    ask: 'Ask the browser to keep it',
    askAgain: 'Ask again',
    asked: 'The browser keeps it from now on.',
    unasked: 'Kindred asks for the promise by itself once you have added posts of your own.',
    refused: (when: string) =>
      `The browser did not promise it when it was asked on ${when}. It often agrees once you have used the page a few times, or bookmarked it. Until then, keep a backup.`,
    impossible: 'This browser makes no such promise. Keep a backup.',
    sevenDays:
      'Safari deletes what a page has stored when seven days of browsing have passed without a visit to it. Add Kindred to the Home Screen or the Dock, where that does not apply to it, or keep a backup.',
    modelCleared: 'The browser had cleared the model’s files, so they were fetched again.',
    models: 'Models kept here',
    inUse: 'in use',
    forget: 'Remove',
    forgetLabel: (name: string) => `Remove ${name} from this browser`,
    forgotten: (name: string, size: string) => `${name} (${size}) was removed. It is fetched again when you choose it.`,
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
