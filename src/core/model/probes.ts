// The probe texts that ship with a model, and the verdict whether this device computes what the model means.
import { KindredError } from '../errors.ts';

export interface Probe {
  text: string;
  /** Token ids with the special tokens. */
  tokens: readonly number[];
  /** Golden vector of the fp32 model, unit length. */
  vector: Float32Array;
}

export interface ProbeResult {
  worstCosine: number;
  meanCosine: number;
  /** Text of the worst probe. */
  worstText: string;
}

/** What a device must be able to do to be probed. */
export interface ProbedModel {
  ids(text: string): readonly number[];
  /** Row after row, as many rows as texts. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

/** From the parsed probes.json; throws `manifest-invalid`. */
export function parseProbes(value: unknown, dimension: number, item: string): Probe[] {
  const list: unknown = isObject(value) ? value['probes'] : undefined;
  if (!Array.isArray(list) || list.length === 0) throw invalid(item, 'has no list of probes');
  return list.map((entry: unknown, index) => {
    const { text, tokens, vector } = isObject(entry) ? entry : {};
    if (typeof text !== 'string') throw invalid(item, `has no text in probe ${index}`);
    if (!isNumbers(tokens) || tokens.length === 0) throw invalid(item, `has no tokens in probe ${index}`);
    if (!isNumbers(vector) || vector.length !== dimension) {
      throw invalid(item, `has no vector of ${dimension} numbers in probe ${index}`);
    }
    return { text, tokens, vector: Float32Array.from(vector) };
  });
}

/**
 * Embeds every probe and compares with the golden ones. Throws `probes-disagree` when a text is tokenised differently,
 * the worst cosine is under `tolerance`, or a text has other neighbours than it should.
 */
export async function runProbes(probes: readonly Probe[], model: ProbedModel, tolerance: number): Promise<ProbeResult> {
  for (const probe of probes) {
    const ids = model.ids(probe.text);
    if (ids.length !== probe.tokens.length || ids.some((id, at) => id !== probe.tokens[at])) {
      throw disagreement(
        'the tokenizer cuts a probe text differently than the one the model was trained with',
        probe.text,
      );
    }
  }
  const vectors = await model.embed(probes.map((probe) => probe.text));
  const result = compareProbes(probes, vectors);
  if (!(result.worstCosine >= tolerance)) {
    const found = `the worst cosine against the golden vectors is ${result.worstCosine.toFixed(6)}, at least ${tolerance} is needed`;
    throw disagreement(found, result.worstText);
  }
  const moved = firstMoved(probes, vectors, orderMargin(tolerance, probes[0]?.vector.length ?? 1));
  if (moved !== null) {
    const [near, far] = [moved.nearer, moved.farther].map((text) => `“${text.slice(0, 40)}”`);
    throw disagreement(`to a probe text, ${near} should be nearer than ${far} and is farther`, moved.text);
  }
  return result;
}

/** Deviations of a cosine beyond which an order can be relied on. */
const DEVIATIONS = 4;

/**
 * Difference of two cosines with the same text above which their order must hold on a device whose vectors have at least the
 * cosine `tolerance` with the golden ones. Rounding turns a vector by that angle in no particular direction, so a cosine with
 * another moves by about a √dimension-th of its sine, and so does the other's.
 */
export function orderMargin(tolerance: number, dimension: number): number {
  const sine = Math.sqrt(Math.max(0, 1 - tolerance * tolerance));
  return (DEVIATIONS * Math.SQRT2 * sine) / Math.sqrt(dimension);
}

/** The first probe to which two others stand the wrong way round, though the golden vectors tell them apart by `margin`; null when none. */
export function firstMoved(
  probes: readonly Probe[],
  vectors: Float32Array,
  margin: number,
): { text: string; nearer: string; farther: string } | null {
  const golden = probes.map((probe) => probes.map((other) => dot(probe.vector, other.vector, 0)));
  const found = probes.map((probe, row) => {
    const own = vectors.subarray(row * probe.vector.length, (row + 1) * probe.vector.length);
    return probes.map((other, column) => dot(own, vectors, column * other.vector.length));
  });
  for (const [text, probe] of probes.entries()) {
    for (const [near, nearer] of probes.entries()) {
      for (const [far, farther] of probes.entries()) {
        if (text === near || text === far) continue;
        const should = (golden[text]?.[near] ?? NaN) - (golden[text]?.[far] ?? NaN);
        const does = (found[text]?.[near] ?? NaN) - (found[text]?.[far] ?? NaN);
        if (should > margin && !(does > 0)) return { text: probe.text, nearer: nearer.text, farther: farther.text };
      }
    }
  }
  return null;
}

/** Cosine of each row of `vectors` with its probe; both are unit vectors of one length. */
export function compareProbes(probes: readonly Probe[], vectors: Float32Array): ProbeResult {
  const cosines = probes.map((probe, row) => dot(probe.vector, vectors, row * probe.vector.length));
  // A NaN is the worst of all, and Math.min passes it on.
  const worstCosine = Math.min(...cosines);
  const worst = cosines.findIndex((cosine) => Object.is(cosine, worstCosine));
  return {
    worstCosine,
    meanCosine: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length,
    worstText: probes[worst]?.text ?? '',
  };
}

function dot(vector: Float32Array, rows: Float32Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] ?? NaN) * (rows[offset + i] ?? NaN);
  return sum;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number' && Number.isFinite(entry));
}

function invalid(item: string, what: string): KindredError {
  return new KindredError('manifest-invalid', `${item} ${what}. Export the model again.`, { item });
}

function disagreement(what: string, text: string): KindredError {
  const message = `This device computes the model wrongly: ${what}. Its vectors are not used.`;
  return new KindredError('probes-disagree', message, { item: text.slice(0, 60) });
}
