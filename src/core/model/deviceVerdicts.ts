// What was found out about a device and is not to be found out again: which backends it must not use, and which was the faster.
import type { ExecutionProvider, Race, Refusable } from '../status.ts';
import type { Capabilities } from './capabilities.ts';

export type { Refusable } from '../status.ts';

export interface Refusal {
  /** One line that fits after the name of what was refused. */
  reason: string;
  /** ISO 8601. */
  at: string;
  /** It had worked before and was given up for its losses; else it never passed. */
  demoted: boolean;
}

export interface DeviceVerdict {
  refused: Partial<Record<Refusable, Refusal>>;
  /** The last race, whose `kept` says what runs since. */
  race: Race | null;
  /** Threads on WASM, as measured; null before. */
  threads: number | null;
  /**
   * Workers of one thread each that posts are read with, as measured; null before. Where threads share memory they stand beside the one
   * that answers drafts, elsewhere they are all there are.
   */
  workers: number | null;
  /** Whether texts run together on WebGPU, as measured; null before. */
  batched: boolean | null;
}

/** By `deviceKey`. */
export type DeviceVerdicts = Readonly<Record<string, DeviceVerdict>>;

/** Keeps verdicts between visits. */
export interface DeviceMemory {
  verdicts(): Promise<DeviceVerdicts>;
  /**
   * Changes what is remembered under a key, until the page closes or, if `lasting` (as by default), for later visits too. Never
   * rejects: what can't be kept is remembered until the page closes.
   */
  note(key: string, change: (before: DeviceVerdict) => DeviceVerdict, lasting?: boolean): Promise<void>;
}

export const NO_VERDICT: DeviceVerdict = { refused: {}, race: null, threads: null, workers: null, batched: null };

/** One line for people: browser, graphics adapter, cores, and whether threads may share memory. */
export function deviceName({ browser, adapter, hardwareConcurrency, crossOriginIsolated }: Capabilities): string {
  const cores = `${hardwareConcurrency} ${hardwareConcurrency === 1 ? 'core' : 'cores'}`;
  return [browser, adapter ?? 'no graphics adapter', cores, ...(crossOriginIsolated ? [] : ['not isolated'])].join(
    ', ',
  );
}

/** Equal only on the same device, with the same version of browser and model: what was found holds no further. */
export function deviceKey(capabilities: Capabilities, model: { id: string; revision: string }): string {
  return `${deviceName(capabilities)} | ${model.id}@${model.revision}`;
}

export function refuse(verdict: DeviceVerdict, what: Refusable, refusal: Refusal): DeviceVerdict {
  return { ...verdict, refused: { ...verdict.refused, [what]: refusal } };
}

/** What was timed speaks of all that took part: what is tried again is timed again. */
const UNTIMED: Record<Refusable, Partial<DeviceVerdict>> = {
  webgpu: { race: null, batched: null },
  batches: { batched: null },
  threads: { threads: null },
};

/** Without what was found out against it, so that it is tried again. */
export function forgetRefusal(verdict: DeviceVerdict, what: Refusable): DeviceVerdict {
  const others = Object.fromEntries(Object.entries(verdict.refused).filter(([refused]) => refused !== what));
  return { ...verdict, refused: others, ...UNTIMED[what] };
}

/** Reads what was stored; what does not look as it should is left out. */
export function parseVerdicts(value: unknown): DeviceVerdicts {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).map(([key, entry]) => {
      const { refused, race, threads, workers, batched } = fieldsOf(entry);
      const { webgpu, batches, threads: many } = fieldsOf(refused);
      return [
        key,
        {
          refused: {
            ...(isRefusal(webgpu) ? { webgpu } : {}),
            ...(isRefusal(batches) ? { batches } : {}),
            ...(isRefusal(many) ? { threads: many } : {}),
          },
          race: isRace(race) ? race : null,
          threads: isCount(threads) ? threads : null,
          workers: isCount(workers) ? workers : null,
          batched: typeof batched === 'boolean' ? batched : null,
        },
      ];
    }),
  );
}

function isRefusal(value: unknown): value is Refusal {
  const { reason, at, demoted } = fieldsOf(value);
  return typeof reason === 'string' && typeof at === 'string' && typeof demoted === 'boolean';
}

function isRace(value: unknown): value is Race {
  const { contenders, kept, passages, ms, at } = fieldsOf(value);
  return (
    Array.isArray(contenders) &&
    contenders.every((entry: unknown) => {
      return isRunner(entry) && typeof fieldsOf(entry)['tokensPerSecond'] === 'number';
    }) &&
    isRunner(kept) &&
    typeof passages === 'number' &&
    typeof ms === 'number' &&
    typeof at === 'string'
  );
}

function isRunner(value: unknown): boolean {
  const { provider, threads, workers, batched } = fieldsOf(value);
  return (
    isProvider(provider) &&
    typeof threads === 'number' &&
    (workers === undefined || isCount(workers)) &&
    // One that was timed before texts could run together is timed again.
    (provider === 'wasm' || typeof batched === 'boolean')
  );
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 1;
const isProvider = (value: unknown): value is ExecutionProvider => value === 'webgpu' || value === 'wasm';

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
