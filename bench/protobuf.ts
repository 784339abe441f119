// Writes the few kinds of fields that an ONNX file is made of: a number and a type in front of each, a length in front of bytes.

const BYTES = 2;

/** Seven bits a byte, the lowest first. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) | 128);
  }
}

export const whole = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];

export const message = (field: number, content: readonly number[]): number[] => [
  ...varint((field << 3) | BYTES),
  ...varint(content.length),
  ...content,
];

export const text = (field: number, value: string): number[] => message(field, [...new TextEncoder().encode(value)]);
