// The only door to core: what the page, the workers and the command line may use.
export { draftId } from './draft.ts';
export type { Draft, DraftId, DraftQuery } from './draft.ts';
export { spaceKey } from './embedding.ts';
export type { Embedder, EmbeddingSpace, Lane, SpaceKey } from './embedding.ts';
export { isAbort, isKindredError, KindredError, toKindredError } from './errors.ts';
export type { ErrorCode, KindredErrorOptions } from './errors.ts';
export { createLibrary } from './library.ts';
export type { LibraryOptions } from './library.ts';
export type { ModelListener, ModelPort, ReadyModel } from './library/modelPort.ts';
export type * from './libraryApi.ts';
export { DEFAULT_MODEL } from './model/defaultModel.ts';
export { postId } from './post.ts';
export type { BlockKind, Post, PostId, PostKind, PostSummary, StructuredText, TextBlock, TextLink } from './post.ts';
export type * from './status.ts';
export type * from './suggestion.ts';
export { passageRule } from './text/passages.ts';
