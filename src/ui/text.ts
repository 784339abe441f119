// Every word that the page shows, in one table. A translation is another object of the type `Text`.
import type * as all from './text/all.ts';

// By name and not as an object, so that a view brings only the words that it shows.
export * as text from './text/all.ts';

export type Text = typeof all;
