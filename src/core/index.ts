// The page's door to core: types and the few values it needs. The library itself is joined in its worker, so that the page carries none of it.
export type * from './backupApi.ts';
export type * from './crossPostApi.ts';
export type * from './followApi.ts';
export { draftId } from './draft.ts';
export type { Draft, DraftId, DraftQuery } from './draft.ts';
export { isAbort, isKindredError, KindredError, toKindredError } from './errors.ts';
export type { ErrorCode, KindredErrorOptions } from './errors.ts';
export { anyPost } from './libraryApi.ts';
export type * from './libraryApi.ts';
export type { LastModel } from './model/early/earlyFile.ts';
export type * from './modelChoice.ts';
export { postId } from './post.ts';
export type { BlockKind, Post, PostId, PostKind, PostSummary, StructuredText, TextBlock, TextLink } from './post.ts';
export type * from './roomApi.ts';
export type * from './previewApi.ts';
export type * from './status.ts';
export type * from './suggestion.ts';
export type * from './tabs.ts';
