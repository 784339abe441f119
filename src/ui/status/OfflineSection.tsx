// Whether the page works without a network, and the version that may wait.
import { useOffline, useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import { FactList } from './FactList.tsx';
import { offlineFacts } from './facts.ts';

export function OfflineSection() {
  const { offline } = useServices();
  const state = useOffline();
  return (
    <>
      <FactList facts={offlineFacts(state, crossOriginIsolated)} />
      {state.state === 'kept' && state.newer ? (
        <p className="status__ask">
          <Button onClick={() => void offline.takeNewer()}>{text.shell.newVersion.take}</Button>
        </p>
      ) : null}
    </>
  );
}
