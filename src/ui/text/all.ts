// The words of every area of the page, each in a file of its own.
export { backup } from './backup.ts';
export { dates } from './dates.ts';
export { differences } from './differences.ts';
export { errors } from './errors.ts';
export { library } from './library.ts';
export { model } from './model.ts';
export { names } from './names.ts';
export { reader } from './reader.ts';
export { shell } from './shell.ts';
export { status } from './status.ts';
export { write } from './write.ts';
