// An embedder's worker that takes an emulated graphics card for a real one, and fails in the way that its name says:
// `disagree` (no probe can reach the tolerance), `broken` (the file for WebGPU is no network), `crash` (a message "crash" fails it).
import { probeCapabilities } from '../core/model/capabilities.ts';
import { EmbedderService } from '../workers/embedderService.ts';
import { serve } from '../workers/rpc/index.ts';
import type { Endpoint } from '../workers/rpc/index.ts';
import { runtimeAssets } from '../workers/runtimeAssets.ts';

interface Manifest {
  files: { probes: object; webgpu: object };
}

const fetchReally = self.fetch.bind(self);

self.fetch = async (address, init) => {
  const response = await fetchReally(address, init);
  const asked = address instanceof Request ? address.url : String(address);
  if (!asked.endsWith('/tiny/manifest.json')) return response;
  const manifest = (await response.json()) as Manifest;
  const { files } = manifest;
  if (self.name === 'disagree') files.webgpu = { ...files.webgpu, probeTolerance: 1 };
  if (self.name === 'lenient') files.webgpu = { ...files.webgpu, probeTolerance: 0.1 };
  if (self.name === 'broken') files.webgpu = { ...files.webgpu, ...files.probes };
  return Response.json(manifest);
};

self.addEventListener('message', ({ data }) => {
  if (data !== 'crash') return;
  setTimeout(() => {
    throw new Error('out of memory');
  });
});

const asHardware = async () => {
  const capabilities = await probeCapabilities();
  return { ...capabilities, gpu: capabilities.gpu === 'software' ? ('hardware' as const) : capabilities.gpu };
};

// Tests are typed with the page's library, in which `self` is a window.
serve(
  new EmbedderService(runtimeAssets(self.location.href), { probeCapabilities: asHardware }),
  self as unknown as Endpoint,
);
