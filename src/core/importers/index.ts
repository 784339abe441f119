// The door of this folder.
export { importFiles } from './importFiles.ts';
export type { ImportOptions } from './importFiles.ts';
export type { ImportEvent } from './importer.ts';
export { prefetchParts } from './lazyParts.ts';
export { mostTextBytes } from './textBytes.ts';
export { listedFeeds } from './listedFeeds.ts';
export { isFolderOfPosts, isPostByItself, isPostFile } from './postFiles.ts';
export { isConfig as isConfigFile } from './siteConfig.ts';
