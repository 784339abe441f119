// Names of the settings that what an author follows is remembered under.
export const FEEDS_KEY = 'followed feeds';
/** Of this browser alone: it holds the leave to read the folders. */
export const FOLDERS_KEY = 'watched folders';
export const filesKey = (folder: string): string => `files of watched folder ${folder}`;
