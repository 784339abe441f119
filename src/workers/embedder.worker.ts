// The embedder's thread: serves one EmbedderService.
import { EmbedderService } from './embedderService.ts';
import { keepRuntime } from './offline/keepRuntime.ts';
import { observeDevices, observeMemory } from './observe.ts';
import { serve } from './rpc/index.ts';
import { runtimeAssets } from './runtimeAssets.ts';

declare const self: DedicatedWorkerGlobalScope;

const service = new EmbedderService(runtimeAssets(self.location.href), { memoryBytes: observeMemory() });
observeDevices((reason) => service.deviceLost(reason));
serve(service, self);
if (import.meta.env.PROD) keepRuntime();
