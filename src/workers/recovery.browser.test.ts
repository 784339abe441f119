// Every way in which an embedder's worker goes, provoked for real while posts are read. A few times here; `npm run recovery` makes it a hundred.
import { describe, expect, test } from 'vitest';
import { runTrial, type Trial } from '../testing/recoveryTrial.ts';

interface Environment {
  VITE_RECOVERY_ROUNDS?: string;
}
const asked = Number((import.meta.env as Environment).VITE_RECOVERY_ROUNDS);
const few = 3;
const rounds = asked > 0 ? asked : few;
/** An emulated graphics card takes its time. */
const timeout = rounds * 60_000 + 120_000;

interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<object | null> };
}
const adapter = await (navigator as GpuNavigator).gpu?.requestAdapter();
const hasGpu = adapter !== undefined && adapter !== null;
if (!hasGpu) console.warn('NO WEBGPU ADAPTER: the loss of a graphics card is not tried');

async function survives(trial: Omit<Trial, 'rounds'>, times: number): Promise<void> {
  const result = await runTrial({ ...trial, rounds: times });
  const { losses, passages, vectors, embedded, kept, medianMs } = result;
  console.info(
    `${trial.blow} on ${trial.provider}: ${losses} workers lost, ${passages} passages, ${vectors} vectors, ` +
      `${embedded} embedded, ${kept} kept; ${Math.round(medianMs)} ms a round`,
  );
  expect(losses).toBeGreaterThanOrEqual(times);
  expect(passages).toBeGreaterThan(times);
  expect({ vectors, embedded, kept }).toEqual({ vectors: passages, embedded: passages, kept: passages });
}

describe('nothing is lost and nothing embedded twice when the worker', () => {
  test.each([
    ['is killed', 'kill'],
    ['fails with an error', 'crash'],
    ['never returns from a run', 'hang'],
    ['loses its answers', 'drop'],
    ['has no memory left', 'exhaust'],
  ] as const)('%s', { timeout }, async (_how, blow) => {
    await survives({ blow, provider: 'wasm', posts: 4, sentences: 40 }, rounds);
  });

  test.skipIf(!hasGpu)('loses its graphics card', { timeout }, async () => {
    await survives({ blow: 'destroy', provider: 'webgpu', posts: 1, sentences: 1 }, asked > 0 ? asked : 1);
  });
});
