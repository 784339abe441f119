// Which file the page may begin to fetch: the network of the model that the library will most likely take, where nothing of it is kept.
import { probeCapabilities, type Capabilities } from '../capabilities.ts';
import { planDevice } from '../devicePlan.ts';
import { downloadText } from '../download.ts';
import { parseManifest, type ModelManifest } from '../manifest.ts';
import { MODEL_LIST_FILE, parseModelList, starter } from '../modelList.ts';
import { neededFiles, networkFile } from '../neededFiles.ts';
import { areKept, isBegun, keptText, type WebPorts } from '../webModelFiles.ts';
import type { ExecutionProvider } from '../../status.ts';

/** What the library of an earlier visit was read with. */
export interface LastModel {
  id: string;
  provider: ExecutionProvider;
}

export interface EarlyFilePorts extends Pick<WebPorts, 'fetch' | 'caches'> {
  probeCapabilities?: () => Promise<Capabilities>;
}

/**
 * Its address; null where it is kept already, in full or in part, or the device can't run it. `models` is the folder of models,
 * with a slash at its end. Asks the network for the list and a manifest, unless what the last visit used is kept. Rejects
 * as reading these does.
 */
export async function earlyFile(models: string, last: LastModel | null, ports: EarlyFilePorts): Promise<string | null> {
  if (last !== null && (await isAllKept(models, last, ports))) return null;
  const list = new URL(MODEL_LIST_FILE, models).href;
  const listed = parseModelList(await downloadText(list, ports.fetch), list);
  const chosen = listed.find(({ id }) => id === last?.id) ?? starter(listed);
  const folder = new URL(`${chosen.id}/`, models).href;
  const address = manifestOf(folder);
  const manifest = parseManifest(await downloadText(address, ports.fetch), address);
  const provider = last?.id === chosen.id ? last.provider : await plannedProvider(manifest, ports);
  const file = networkFile(manifest, provider);
  if ((await areKept(folder, [file], ports)) || (await isBegun(folder, file, ports))) return null;
  return new URL(file.path, folder).href;
}

const manifestOf = (folder: string): string => new URL('manifest.json', folder).href;

/** As it was told the last time: who was here before asks the network for nothing. */
async function isAllKept(models: string, { id, provider }: LastModel, ports: EarlyFilePorts): Promise<boolean> {
  const folder = new URL(`${id}/`, models).href;
  const address = manifestOf(folder);
  const text = await keptText(address, ports);
  if (text === null) return false;
  return areKept(folder, neededFiles(parseManifest(text, address), provider), ports);
}

/** As the embedder will plan it where nothing was found out yet. */
async function plannedProvider(
  manifest: ModelManifest,
  { probeCapabilities: probe = probeCapabilities }: EarlyFilePorts,
): Promise<ExecutionProvider> {
  return planDevice(await probe(), manifest).provider;
}
