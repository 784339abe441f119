// Whether work was stopped, asked by a function: the answer changes while its asker awaits.
export const isStopped = (signal: AbortSignal): boolean => signal.aborted;
