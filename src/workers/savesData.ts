// Devices that save data: the browser says so, and then nothing large is fetched before the author asks.

/** Not in the standard library's types; absent outside Chromium. */
interface ConnectedNavigator {
  connection?: { saveData?: boolean };
}

export function savesData(): boolean {
  return (navigator as ConnectedNavigator).connection?.saveData === true;
}
