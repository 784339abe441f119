// Three models to choose from: some wait until a test says that they are ready, some are ready at once.
import type { ModelPort } from '../core/library/modelPort.ts';
import type { ListedModel } from '../core/model/modelList.ts';
import { fakeEmbedder, type FakeEmbedder } from './fakeEmbedder.ts';
import { fakeModel, fakeSupply, type FakeModel } from './fakeModel.ts';

export const QUICK: ListedModel = { id: 'quick', size: 'quick', layers: 6 };
export const THOROUGH: ListedModel = { id: 'thorough', size: 'thorough', layers: 12 };
export const BASE: ListedModel = { id: 'base', size: 'base', layers: 6 };
const ALL = [QUICK, THOROUGH, BASE];

/** Models that wait to be told, in the order in which they were started. */
export function manualModels(list: readonly ListedModel[] = ALL) {
  const started: { id: string; model: FakeModel }[] = [];
  const port = (id: string): FakeModel => {
    const model = fakeModel();
    started.push({ id, model });
    return model;
  };
  const last = (id: string): FakeModel => {
    const found = started.findLast((one) => one.id === id && one.model.running);
    if (found === undefined) throw new Error(`${id} does not run`);
    return found.model;
  };
  return { supply: fakeSupply(port, list), started, last };
}

/** Models that become ready at once. */
export function readyModels(list: readonly ListedModel[] = ALL, maxTokens: Record<string, number> = {}) {
  const embedders: Record<string, FakeEmbedder> = Object.fromEntries(list.map(({ id }) => [id, embedderOf(id)]));
  const port = (id: string): ModelPort => {
    const model = fakeModel();
    return {
      ...model,
      start(listener) {
        model.start(listener);
        const embedder = embedders[id];
        if (embedder !== undefined) model.ready(embedder, { tokensPerSecond: 1000, maxTokens: maxTokens[id] ?? 128 });
      },
    };
  };
  return { supply: fakeSupply(port, list), embedders };
}

export const embedderOf = (id: string): FakeEmbedder => fakeEmbedder({ model: `${id}@1`, modelHash: id });
export const queued = (embedder: FakeEmbedder | undefined): string[] => embedder?.embedded.queue ?? [];
