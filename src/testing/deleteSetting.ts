// Takes a setting out of a library's database, as if it had never been stored.
import { openDatabase } from '../core/store/openDatabase.ts';

export async function deleteSetting(name: string, key: string): Promise<void> {
  const { database } = await openDatabase({ name });
  await database.delete('meta', key);
  database.close();
}
