// The model of a new library: the quick one starts, measures the device as it proves itself, and gives way where a thorough one fits.
import type { ModelChoice } from '../modelChoice.ts';
import { starter, type ListedModel } from '../model/modelList.ts';
import type { DevicePlan, ModelState } from '../status.ts';
import { decideSize, type Measured } from './decideSize.ts';
import type { ModelListener, ModelPort, ModelSupply, ReadyModel } from './modelPort.ts';

export interface FirstModelPorts {
  supply: Pick<ModelSupply, 'port'>;
  /** Never empty. */
  list: readonly ListedModel[];
  tokensPerPost: () => number;
  /** Called once, right before the model that was decided for becomes ready. */
  onDecided: (choice: ModelChoice) => void;
}

/** To the library it is one model, which becomes ready as whichever it was decided to be. */
export function createFirstModel({ supply, list, tokensPerPost, onDecided }: FirstModelPorts): ModelPort {
  const starting = starter(list);
  const quick = supply.port(starting.id);
  /** The one whose news are passed on. */
  let port = quick;
  let state: 'measuring' | 'trying' | 'decided' = 'measuring';
  /** What the quick one said last, to be said again should the other not start. */
  let quickPlan: DevicePlan | null = null;
  let quickState: ModelState | null = null;

  function decide(choice: ModelChoice, ready: ReadyModel, to: ModelListener): void {
    state = 'decided';
    onDecided(choice);
    to.onReady(ready);
  }

  /** The quick one waits, ready, until the other is. */
  function tryOther(choice: ModelChoice, measured: Measured | null, ready: ReadyModel, to: ModelListener): void {
    state = 'trying';
    const other = supply.port(choice.model);
    port = other;
    const stayQuick = (): void => {
      if (port !== other) return;
      port = quick;
      void other.close();
      if (quickPlan !== null) to.onPlan(quickPlan);
      if (quickState !== null) to.onState(quickState);
      decide({ ...decideSize([starting], measured), by: 'rate' }, ready, to);
    };
    other.start({
      onPlan: (plan) => port === other && to.onPlan(plan),
      onState: (next) => {
        if (port !== other) return;
        if (state === 'trying' && (next.state === 'failed' || next.state === 'held')) stayQuick();
        else to.onState(next);
      },
      onReady: (otherReady) => {
        if (port !== other) return;
        if (state === 'decided') {
          to.onReady(otherReady);
          return;
        }
        void quick.close();
        decide(choice, otherReady, to);
      },
      onLost: (reason) => (state === 'trying' ? stayQuick() : to.onLost(reason)),
      reading: to.reading,
    });
  }

  return {
    start(to) {
      quick.start({
        onPlan(plan) {
          quickPlan = plan;
          if (port === quick) to.onPlan(plan);
        },
        onState(next) {
          quickState = next;
          if (port === quick) to.onState(next);
        },
        onReady(ready) {
          if (port !== quick) return;
          if (state === 'decided') {
            to.onReady(ready);
            return;
          }
          const measured = measure(starting, ready, quickPlan, tokensPerPost());
          const choice = decideSize(list, measured);
          if (choice.model === starting.id) decide(choice, ready, to);
          else tryOther(choice, measured, ready, to);
        },
        onLost: (reason) => port === quick && to.onLost(reason),
        reading: to.reading,
      });
    },
    retry: () => port.retry(),
    hold: () => port.hold(),
    async close() {
      const open = new Set([quick, port]);
      await Promise.all([...open].map((one) => one.close()));
    },
  };
}

function measure(
  model: ListedModel,
  { tokensPerSecond }: ReadyModel,
  plan: DevicePlan | null,
  tokensPerPost: number,
): Measured | null {
  if (tokensPerSecond === null) return null;
  const device = plan === null ? '' : `${plan.provider} ${plan.format} ×${plan.threads}`;
  return { model, tokensPerSecond, tokensPerPost, device };
}
