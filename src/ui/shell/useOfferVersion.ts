// Says once that a new version of the page waits; Status goes on saying it.
import { useEffect } from 'react';
import { useOffline, useServices } from '../../app/hooks.ts';
import { text } from '../text.ts';

export function useOfferVersion(): void {
  const { notices, offline } = useServices();
  const state = useOffline();
  const newer = state.state === 'kept' && state.newer;
  useEffect(() => {
    if (!newer) return;
    const { message, take } = text.shell.newVersion;
    notices.add({ message, action: { label: take, run: () => void offline.takeNewer() } });
  }, [newer, notices, offline]);
}
