// The embedder's thread: serves one EmbedderService.
import { EmbedderService } from './embedderService.ts';
import { keepRuntime } from './offline/keepRuntime.ts';
import { serve } from './rpc/index.ts';
import { runtimeAssets } from './runtimeAssets.ts';

declare const self: DedicatedWorkerGlobalScope;

serve(new EmbedderService(runtimeAssets(self.location.href)), self);
if (import.meta.env.PROD) keepRuntime();
