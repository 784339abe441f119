// Packs pieces into passages: paragraphs stay together where they fit, a heading stays with what follows it.
import type { Piece } from './pieces.ts';

/** A passage below this share of the aim joins a neighbour where there is room. */
const SMALL = 0.25;
/** A long block is divided into even runs; a run may be this short to end where a sentence does. */
const EARLY = 0.5;

/**
 * Runs of consecutive pieces with at most about `aim` tokens, and never more than `room` unless one piece alone has
 * more. Tokens without the special ones. Every piece is in exactly one run.
 */
export function packPieces(pieces: readonly Piece[], aim: number, room: number): Piece[][] {
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  let tokens = 0;
  const close = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
    tokens = 0;
  };
  for (const { block, total, heading } of units(pieces)) {
    const starts = heading && tokens >= aim * SMALL;
    if (starts || tokens + total > aim) close();
    if (total <= aim) {
      run.push(...block);
      tokens += total;
      continue;
    }
    const even = divide(block, total, aim);
    runs.push(...even.slice(0, -1));
    run = even.at(-1) ?? [];
    tokens = sum(run);
  }
  close();
  return joinSmall(runs, aim, room);
}

interface Unit {
  block: Piece[];
  total: number;
  heading: boolean;
}

/** Blocks, each with the headings right before it; neighbouring cues count as one block. */
function units(pieces: readonly Piece[]): Unit[] {
  const found: Unit[] = [];
  let last: Piece | undefined;
  for (const piece of pieces) {
    const unit = found.at(-1);
    const together =
      last !== undefined &&
      (last.block === piece.block || last.kind === 'heading' || (last.kind === 'cue' && piece.kind === 'cue'));
    if (unit !== undefined && together) {
      unit.block.push(piece);
      unit.total += piece.tokens;
    } else {
      found.push({ block: [piece], total: piece.tokens, heading: piece.kind === 'heading' });
    }
    last = piece;
  }
  return found;
}

/** A block longer than the aim, as runs of nearly equal length that end where a sentence does if one is near. */
function divide(block: readonly Piece[], total: number, aim: number): Piece[][] {
  const runs: Piece[][] = [];
  const evenOf = (rest: number): number => rest / Math.max(1, Math.ceil(rest / aim));
  let left = total;
  let run: Piece[] = [];
  let tokens = 0;
  let even = evenOf(left);
  const close = (): void => {
    if (run.length === 0) return;
    const rest = run.splice(lengthToClose(run, even * EARLY));
    runs.push(run);
    left -= sum(run);
    even = evenOf(left);
    run = rest;
    tokens = sum(rest);
  };
  for (const piece of block) {
    if (tokens + piece.tokens > aim) close();
    run.push(piece);
    tokens += piece.tokens;
    if (tokens >= even) close();
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Pieces up to the last that ends a sentence, if these have at least `least` tokens; else all. */
function lengthToClose(run: readonly Piece[], least: number): number {
  let tokens = sum(run);
  for (let length = run.length; length > 0 && tokens >= least; length--) {
    const last = run[length - 1];
    if (last?.closes === true) return length;
    tokens -= last?.tokens ?? 0;
  }
  return run.length;
}

function joinSmall(runs: readonly Piece[][], aim: number, room: number): Piece[][] {
  const joined: Piece[][] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    const small = before !== undefined && (sum(run) < aim * SMALL || sum(before) < aim * SMALL);
    if (small && sum(before) + sum(run) <= Math.min(room, aim * (1 + SMALL))) before.push(...run);
    else joined.push([...run]);
  }
  return joined;
}

const sum = (run: readonly Piece[]): number => run.reduce((total, piece) => total + piece.tokens, 0);
