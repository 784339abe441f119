// What a model needs of posts and drafts, and words alone do not. Loaded before a model reads anything: see lateParts.ts.
export { IngestWork } from '../ingest/ingestWork.ts';
export { ClosestPart } from './closestPart.ts';
export { PassageIndex } from './passageIndex.ts';
export { countParts, repeatedParts } from '../text/cleaning/repeatedParts.ts';
export { cutPassages } from '../text/passages.ts';
