// Every word that the page shows, in one table. A translation is another object of the type `Text`.
import { backup } from './text/backup.ts';
import { dates } from './text/dates.ts';
import { differences } from './text/differences.ts';
import { errors } from './text/errors.ts';
import { library } from './text/library.ts';
import { reader } from './text/reader.ts';
import { shell } from './text/shell.ts';
import { status } from './text/status.ts';
import { write } from './text/write.ts';

export const text = { shell, write, reader, library, backup, status, errors, dates, differences };

export type Text = typeof text;
