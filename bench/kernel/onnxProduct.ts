// An ONNX file of one node: the runtime's own product of 8-bit matrices, to measure it without what is around it.
import { message, text, varint, whole } from '../protobuf.ts';
import type { Matrix } from './packed.ts';

const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;

/** Input `left`, uint8 rows × depth; output `sums`, int32 rows × columns. The weights lie in the file. */
export function onnxProduct(rows: number, weights: Matrix): Uint8Array<ArrayBuffer> {
  const { rows: depth, columns, values } = weights;
  const node = [...text(1, 'left'), ...text(1, 'weights'), ...text(2, 'sums'), ...text(4, 'MatMulInteger')];
  // Numbers are appended one by one: spread arguments of this length overflow the stack.
  const raw = Array.from(Int8Array.from(values), (value) => value & 255);
  const tensor = [...whole(1, depth), ...whole(1, columns), ...whole(2, INT8), ...text(8, 'weights')];
  const initializer = concat([tensor, varint((9 << 3) | 2), varint(raw.length), raw]);
  const graph = concat([
    message(1, node),
    text(2, 'product'),
    varint((5 << 3) | 2),
    varint(initializer.length),
    initializer,
    message(11, value('left', UINT8, [rows, depth])),
    message(12, value('sums', INT32, [rows, columns])),
  ]);
  const head = [...whole(1, 8), ...message(8, [...text(1, ''), ...whole(2, 13)])];
  return Uint8Array.from(concat([head, varint((7 << 3) | 2), varint(graph.length), graph]));
}

function value(name: string, type: number, dims: readonly number[]): number[] {
  const shape = dims.flatMap((dim) => message(1, whole(1, dim)));
  return [...text(1, name), ...message(2, message(1, [...whole(1, type), ...message(2, shape)]))];
}

const concat = (parts: readonly (readonly number[])[]): number[] => parts.flat();
