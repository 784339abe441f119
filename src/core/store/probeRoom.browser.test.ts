// Room as it really is, under a quota that is set through the developer tools: what an estimate does not tell.
import { afterEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';

interface Devtools {
  send(method: 'Storage.overrideQuotaForOrigin', params: { origin: string; quotaSize?: number }): Promise<unknown>;
}

async function setQuota(quotaSize?: number): Promise<void> {
  const params = { origin: location.origin, ...(quotaSize === undefined ? {} : { quotaSize }) };
  await (cdp() as unknown as Devtools).send('Storage.overrideQuotaForOrigin', params);
}

/** Asked in a worker, as the library is. */
function probed(wanted: number): Promise<number | null> {
  const worker = new Worker(new URL('../../testing/probeRoom.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number | null>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(wanted);
  }).finally(() => worker.terminate());
}

const filesLeft = async (): Promise<string[]> => {
  const folder = (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> };
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
};

afterEach(() => setQuota());

it('is told to a few parts in a hundred, whatever the estimate says, and nothing is left of the question', async () => {
  const { usage = 0 } = await navigator.storage.estimate();
  await setQuota(usage + 8_000_000);
  expect(await probed(2_000_000)).toBe(2_000_000);
  const most = (await probed(20_000_000)) ?? 0;
  expect(most).toBeGreaterThan(6_000_000);
  expect(most).toBeLessThanOrEqual(8_100_000);
  expect(await filesLeft()).toEqual([]);
  await setQuota();
  expect(await probed(20_000_000)).toBe(20_000_000);
});
