// Verdicts about devices, kept between visits.
import { NO_VERDICT, parseVerdicts, type DeviceMemory, type DeviceVerdict } from './deviceVerdicts.ts';

/** Devices, browsers and models that one person comes by; the ones noted longest ago are forgotten. */
const REMEMBERED = 24;

export interface VerdictRow {
  /** What was put last; anything else when nothing was. */
  get(): Promise<unknown>;
  put(value: unknown): Promise<void>;
}

export function createDeviceMemory(row: VerdictRow): DeviceMemory {
  /** What holds for this visit only. */
  const passing = new Map<string, DeviceVerdict>();
  let turn: Promise<unknown> = Promise.resolve();

  async function stored(): Promise<Map<string, DeviceVerdict>> {
    return new Map(Object.entries(parseVerdicts(await row.get().catch(() => null))));
  }

  async function note(key: string, change: (before: DeviceVerdict) => DeviceVerdict, lasting: boolean): Promise<void> {
    const kept = await stored();
    const before = kept.get(key) ?? NO_VERDICT;
    passing.set(key, change(passing.get(key) ?? before));
    if (!lasting) return;
    kept.delete(key);
    kept.set(key, change(before));
    await row.put(Object.fromEntries([...kept].slice(-REMEMBERED))).catch(() => undefined);
  }

  return {
    async verdicts() {
      await turn;
      return { ...Object.fromEntries(await stored()), ...Object.fromEntries(passing) };
    },
    note(key, change, lasting = true) {
      const noted = turn.then(() => note(key, change, lasting));
      turn = noted;
      return noted;
    },
  };
}
