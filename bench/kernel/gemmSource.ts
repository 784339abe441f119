// The kernel of the spike, as WebAssembly text: int8 weights by rows of activations, a tile of sums kept in registers.
//
// A tile is four rows by four columns of each of `vectors` registers. One step reads the tile's weights for some numbers of the
// depth (two with the plain dot product of 16 bits, four with the relaxed one of 8), and the same numbers of each row once,
// repeated over a register. So a weight that was read and widened serves four rows, and no sum leaves its register before
// the depth is done. Both operands lie in memory in the order in which they are read: see `packed.ts`.

export const TILE_ROWS = 4;

export interface GemmKind {
  /** `relaxed` needs activations of 0 to 127, for which all of its lowerings agree; `plain` takes any that 16 bits hold. */
  dot: 'plain' | 'relaxed';
  /** Registers of four columns: 2 or 3. */
  vectors: number;
}

export const nameOf = ({ dot, vectors }: GemmKind): string =>
  `${dot === 'plain' ? 'i16 dot' : 'relaxed dot'}, ${TILE_ROWS} × ${4 * vectors}`;

/** Numbers of the depth in one step. */
export const depthOf = ({ dot }: GemmKind): number => (dot === 'plain' ? 2 : 4);

/** Steps that are written out one after the other; the depth is a multiple of four times as many. */
const UNROLLED = 4;

/**
 * Exports `run(activations, weights, sums, rows, columns, depth)`: addresses of bytes, and numbers of numbers. Rows are a
 * multiple of four, columns of the tile's, depth of 16. Sums are int32, row after row.
 */
export function gemmSource(kind: GemmKind): string {
  const { vectors } = kind;
  const rows = range(TILE_ROWS);
  const columns = range(vectors);
  const sums = rows.flatMap((row) => columns.map((column) => `$s${row}${column}`));
  const weightBytes = kind.dot === 'plain' ? 8 : 16;
  const steps = range(UNROLLED).flatMap((step) => [
    ...columns.map((column) => {
      const offset = (step * vectors + column) * weightBytes;
      const load = kind.dot === 'plain' ? 'v128.load8x8_s' : 'v128.load';
      return `(local.set $w${column} (${load} offset=${offset} (local.get $weight)))`;
    }),
    ...rows.flatMap((row) => [
      `(local.set $x (v128.load32_splat offset=${(step * TILE_ROWS + row) * 4} (local.get $at)))`,
      ...columns.map((column) => accumulate(kind, `$s${row}${column}`, `$w${column}`)),
    ]),
  ]);
  return `(module
  (import "env" "memory" (memory 1))
  (func (export "run") (param $activations i32) (param $weights i32) (param $sums i32)
    (param $rows i32) (param $columns i32) (param $depth i32)
    (local $panel i32) (local $weight i32) (local $at i32) (local $end i32) (local $row i32) (local $out i32)
    (local $left i32) (local $rowBytes i32) (local $tileBytes i32) (local $panelBytes i32)
    ${[...sums, ...columns.map((column) => `$w${column}`), '$x'].map((name) => `(local ${name} v128)`).join(' ')}
    (local.set $rowBytes (i32.shl (local.get $columns) (i32.const 2)))
    (local.set $tileBytes (i32.mul (local.get $depth) (i32.const ${(TILE_ROWS * 4) / depthOf(kind)})))
    (local.set $panelBytes (i32.mul (local.get $depth) (i32.const ${4 * vectors})))
    (local.set $panel (local.get $weights))
    (local.set $left (local.get $columns))
    (loop $panels
      (local.set $at (local.get $activations))
      (local.set $out (local.get $sums))
      (local.set $row (local.get $rows))
      (loop $tiles
        ${sums.map((name) => `(local.set ${name} (v128.const i32x4 0 0 0 0))`).join('\n        ')}
        (local.set $weight (local.get $panel))
        (local.set $end (i32.add (local.get $at) (local.get $tileBytes)))
        (loop $steps
          ${steps.join('\n          ')}
          (local.set $weight (i32.add (local.get $weight) (i32.const ${UNROLLED * vectors * weightBytes})))
          (local.set $at (i32.add (local.get $at) (i32.const ${UNROLLED * TILE_ROWS * 4})))
          (br_if $steps (i32.lt_u (local.get $at) (local.get $end))))
        ${rows
          .flatMap((row) => [
            ...columns.map(
              (column) => `(v128.store offset=${column * 16} (local.get $out) (local.get $s${row}${column}))`,
            ),
            '(local.set $out (i32.add (local.get $out) (local.get $rowBytes)))',
          ])
          .join('\n        ')}
        (br_if $tiles (local.tee $row (i32.sub (local.get $row) (i32.const ${TILE_ROWS})))))
      (local.set $panel (i32.add (local.get $panel) (local.get $panelBytes)))
      (local.set $sums (i32.add (local.get $sums) (i32.const ${16 * vectors})))
      (br_if $panels (local.tee $left (i32.sub (local.get $left) (i32.const ${4 * vectors})))))))`;
}

function accumulate({ dot }: GemmKind, sum: string, weight: string): string {
  const product =
    dot === 'plain'
      ? `(i32x4.add (local.get ${sum}) (i32x4.dot_i16x8_s (local.get ${weight}) (local.get $x)))`
      : `(i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get ${weight}) (local.get $x) (local.get ${sum}))`;
  return `(local.set ${sum} ${product})`;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
