// What is remembered of models between visits: which one was chosen and why, which one is to take over, and what devices did with them.
import type { VerdictRow } from '../model/deviceMemory.ts';
import type { ModelChoice, SizeMeasurement } from '../modelChoice.ts';
import type { MetaRow } from '../store/schema.ts';
import type { SettingsRepository } from '../store/settings.ts';

export const CHOICE_KEY = 'model choice';
const CHANGE = 'model change';
const VERDICTS = 'device verdicts';
const REASONS = ['rate', 'only', 'person', 'library'] as const;

export const choiceRow = (choice: ModelChoice): MetaRow => ({ key: CHOICE_KEY, value: choice });
export const changeRow = (to: string | null): MetaRow => ({ key: CHANGE, value: to });

export const verdictRow = (settings: SettingsRepository): VerdictRow => ({
  get: () => settings.get(VERDICTS, (value) => value),
  put: (value) => settings.put(VERDICTS, value),
});

export function readChoice(settings: SettingsRepository): Promise<ModelChoice | null> {
  return settings.get(CHOICE_KEY, parseChoice);
}

/** The model that is to take over; null when none is. */
export function readChange(settings: SettingsRepository): Promise<string | null> {
  return settings.get(CHANGE, (value) => (typeof value === 'string' ? value : null));
}

export async function write(settings: SettingsRepository, { key, value }: MetaRow): Promise<void> {
  await settings.put(key, value);
}

export function parseChoice(value: unknown): ModelChoice | null {
  const { model, by, measured } = fieldsOf<ModelChoice>(value);
  const reason = REASONS.find((known) => known === by);
  if (typeof model !== 'string' || reason === undefined) return null;
  return { model, by: reason, measured: isMeasurement(measured) ? measured : null };
}

function isMeasurement(value: unknown): value is SizeMeasurement {
  const { device, model, tokensPerSecond, tokensPerPost, posts, msPerPost, ms, thoroughMs, limitMs } =
    fieldsOf<SizeMeasurement>(value);
  return (
    [device, model].every((field) => typeof field === 'string') &&
    [tokensPerSecond, tokensPerPost, posts, msPerPost, ms, limitMs].every((field) => typeof field === 'number') &&
    (thoroughMs === null || typeof thoroughMs === 'number')
  );
}

function fieldsOf<T>(value: unknown): Partial<Record<keyof T, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}
