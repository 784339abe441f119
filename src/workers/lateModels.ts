// Models whose code comes after the library has opened: words answer without it.
import { KindredError } from '../core/errors.ts';
import type { ModelListener, ModelPort, ModelSupply } from '../core/library/modelPort.ts';

/** The supply that `load` gives, asked for at the first call and, where it can't be had, at the next. */
export function lateModels(load: () => Promise<ModelSupply>): ModelSupply {
  let loading: Promise<ModelSupply> | null = null;
  const supply = (): Promise<ModelSupply> =>
    (loading ??= load().catch((cause: unknown) => {
      loading = null;
      const message = 'The part of Kindred that runs models did not load. Connect to the network and try again.';
      throw new KindredError('model-network', message, { cause });
    }));
  return {
    list: async () => (await supply()).list(),
    facts: async (id, provider) => (await supply()).facts(id, provider),
    forget: async (id) => (await supply()).forget(id),
    forgetRefusal: async (key, what) => (await supply()).forgetRefusal(key, what),
    port: (id, options) => latePort(async () => (await supply()).port(id, options)),
  };
}

function latePort(make: () => Promise<ModelPort>): ModelPort {
  let port: ModelPort | null = null;
  let listener: ModelListener | null = null;
  let closed = false;

  async function begin(): Promise<void> {
    try {
      const made = await make();
      if (closed || listener === null) return;
      port = made;
      made.start(listener);
    } catch (error) {
      if (closed || !(error instanceof KindredError)) return;
      const { code, message } = error;
      listener?.onState({ state: 'failed', model: null, code, message });
    }
  }

  return {
    start(given) {
      listener = given;
      void begin();
    },
    retry: () => (port === null ? void begin() : port.retry()),
    hold: () => port?.hold(),
    async close() {
      closed = true;
      await port?.close();
    },
  };
}
