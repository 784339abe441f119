// What the page notes about itself while somebody types: keys, questions to its worker, answers, the panel at rest, long tasks.

/** One question of the page to the library. Times in milliseconds since the page was opened. */
export interface Asked {
  id: number;
  /** Of the last key before it. */
  key: number;
  asked: number;
  answered: number | null;
  /** Of the worker's own time, what the draft's vectors took. */
  embeddingMs: number | null;
  basis: string | null;
}

export interface Notes {
  questions: Asked[];
  /** When the last key was pressed. */
  key: number;
  /** First frame after the panel last changed, or was last answered. */
  settled: number;
  /** Tasks of the page's thread above 50 ms. */
  longTasks: { at: number; ms: number }[];
  /** What handling a key took at most, in the page's thread. */
  longestKeyMs: number;
}

/** Runs in the page, before its own script: everything it needs is in it. */
export function watch(): void {
  const notes: Notes = { questions: [], key: 0, settled: 0, longTasks: [], longestKeyMs: 0 };
  Object.assign(globalThis, { panelNotes: notes });

  let waitsForFrame = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => (notes.settled = performance.now());
  /** The frame is on its way to the screen when the task after its callbacks begins. */
  const settle = (): void => {
    if (waitsForFrame) return;
    waitsForFrame = true;
    requestAnimationFrame(() => {
      waitsForFrame = false;
      channel.port2.postMessage(null);
    });
  };

  addEventListener('keydown', ({ timeStamp }) => (notes.key = timeStamp), true);
  new MutationObserver((changes) => {
    const inPanel = ({ target }: MutationRecord): boolean =>
      (target instanceof Element ? target : target.parentElement)?.closest('.write__panel') !== null;
    if (changes.some(inPanel)) settle();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const Native = Worker;
  type Message = {
    rpc?: string;
    id?: number;
    method?: string;
    value?: { embeddingMs?: number; basis?: string };
  } | null;
  class Heard extends Native {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        const question = data?.rpc === 'result' ? notes.questions.find(({ id }) => id === data.id) : undefined;
        if (question === undefined || question.answered !== null) return;
        question.answered = performance.now();
        question.embeddingMs = data?.value?.embeddingMs ?? null;
        question.basis = data?.value?.basis ?? null;
        settle();
      });
    }

    override postMessage(message: Message, ...rest: unknown[]): void {
      if (message?.rpc === 'call' && message.method === 'suggest') {
        const id = message.id ?? 0;
        const asked = performance.now();
        notes.questions.push({ id, key: notes.key, asked, answered: null, embeddingMs: null, basis: null });
      }
      Reflect.apply(super.postMessage.bind(this), this, [message, ...rest]);
    }
  }
  globalThis.Worker = Heard;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) notes.longTasks.push({ at: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if (/^key|input$/.test(entry.name))
        notes.longestKeyMs = Math.max(notes.longestKeyMs, entry.processingEnd - entry.processingStart);
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}
