// The model that a new library begins with, as the site serves it to tests in the browser.
import { MODEL_LIST_FILE, parseModelList, starter } from '../core/model/modelList.ts';

/** Absolute address of its folder, ending with a slash. */
export async function shippedModelFolder(): Promise<string> {
  const list = new URL(`/models/${MODEL_LIST_FILE}`, location.origin).href;
  const models = parseModelList(await (await fetch(list)).text(), list);
  return new URL(`${starter(models).id}/`, list).href;
}
