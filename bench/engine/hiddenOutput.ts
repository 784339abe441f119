// Gives our network the output that pipelines look for: the last layer's rows, one a token, before they are pooled. Fields of
// an ONNX file may come in any order, so a node and an output are appended to the graph and its length is written anew.
import { message, text, varint, whole } from '../protobuf.ts';

const GRAPH = 7;
const NODE = 1;
const OUTPUT = 12;
const BYTES = 2;
const OUTPUT_NAME = 'last_hidden_state';

/** A copy of the network with `last_hidden_state` among its outputs. Throws where the file has no hidden rows by our names. */
export function withHiddenOutput(network: Uint8Array): Uint8Array<ArrayBuffer> {
  const graph = findField(network, GRAPH);
  const source = lastLayer(network.subarray(graph.start, graph.end));
  const identity = message(NODE, [...text(1, source), ...text(2, OUTPUT_NAME), ...text(4, 'Identity')]);
  // FLOAT is type 1; the shape is left open.
  const output = message(OUTPUT, [...text(1, OUTPUT_NAME), ...message(2, message(1, whole(1, 1)))]);
  const added = Uint8Array.from([...identity, ...output]);
  const head = Uint8Array.from(varint(graph.end - graph.start + added.length));
  const parts = [
    network.subarray(0, graph.tagEnd),
    head,
    network.subarray(graph.start, graph.end),
    added,
    network.subarray(graph.end),
  ];
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Name of the last layer's output: `layer.N.output`, with the greatest N that stands in the graph. */
function lastLayer(graph: Uint8Array): string {
  const found = new TextDecoder('latin1').decode(graph).matchAll(/layer\.(\d+)\.output(?![\w.])/g);
  const layers = Array.from(found, (match) => Number(match[1]));
  if (layers.length === 0) throw new Error('The network has no layer.N.output to take the rows of its tokens from.');
  return `layer.${Math.max(...layers)}.output`;
}

interface Field {
  tagEnd: number;
  start: number;
  end: number;
}

function findField(bytes: Uint8Array, wanted: number): Field {
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const number = tag.value >>> 3;
    const type = tag.value & 7;
    const next = readVarint(bytes, tag.end);
    const end = type === BYTES ? next.end + next.value : next.end;
    if (type !== BYTES && type !== 0)
      throw new Error(`Field ${number} of the network is of an unexpected type ${type}.`);
    if (number === wanted) return { tagEnd: tag.end, start: next.end, end };
    at = end;
  }
  throw new Error('The file holds no graph; is it an ONNX network?');
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, factor = 1; at < bytes.length; at++, factor *= 128) {
    const byte = bytes[at]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new Error('The network ends within a number.');
}
