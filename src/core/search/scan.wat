;; Dot products of int8 rows with one or four queries, 16 numbers a step. Bytes are widened to 16 bits, multiplied and
;; added in pairs to 32: exact for any dimension below 2^31 / 127^2. Rows are contiguous, $step bytes each, a multiple
;; of 16. Queries are 16-bit and interleaved: for each 16 numbers, the low and high half of the first query, then of
;; the next. Each row writes 16 bytes to $out: four sums of 32 bits, or one and 12 bytes left as they were.
;; Compiled into scanBinary.ts by scripts/buildScan.js.
(module
  (import "env" "memory" (memory 1))

  (func (export "dot1") (param $query i32) (param $row i32) (param $count i32) (param $step i32) (param $out i32)
    (local $end i32) (local $q i32) (local $bytes v128) (local $a v128) (local $b v128)
    (if (i32.eqz (local.get $count)) (then (return)))
    (loop $rows
      (local.set $end (i32.add (local.get $row) (local.get $step)))
      (local.set $q (local.get $query))
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $b (v128.const i32x4 0 0 0 0))
      (loop $numbers
        (local.set $bytes (v128.load (local.get $row)))
        (local.set $a (i32x4.add (local.get $a)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $bytes)) (v128.load (local.get $q)))))
        (local.set $b (i32x4.add (local.get $b)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $bytes)) (v128.load offset=16 (local.get $q)))))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (local.set $row (i32.add (local.get $row) (i32.const 16)))
        (br_if $numbers (i32.lt_u (local.get $row) (local.get $end))))
      (local.set $a (i32x4.add (local.get $a) (local.get $b)))
      (i32.store (local.get $out)
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
          (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a)))))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $rows (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  (func (export "dot4") (param $query i32) (param $row i32) (param $count i32) (param $step i32) (param $out i32)
    (local $end i32) (local $q i32) (local $bytes v128) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (if (i32.eqz (local.get $count)) (then (return)))
    (loop $rows
      (local.set $end (i32.add (local.get $row) (local.get $step)))
      (local.set $q (local.get $query))
      (local.set $a (v128.const i32x4 0 0 0 0))
      (local.set $b (v128.const i32x4 0 0 0 0))
      (local.set $c (v128.const i32x4 0 0 0 0))
      (local.set $d (v128.const i32x4 0 0 0 0))
      (loop $numbers
        (local.set $bytes (v128.load (local.get $row)))
        (local.set $low (i16x8.extend_low_i8x16_s (local.get $bytes)))
        (local.set $high (i16x8.extend_high_i8x16_s (local.get $bytes)))
        (local.set $a (i32x4.add (local.get $a) (i32x4.add
          (i32x4.dot_i16x8_s (local.get $low) (v128.load (local.get $q)))
          (i32x4.dot_i16x8_s (local.get $high) (v128.load offset=16 (local.get $q))))))
        (local.set $b (i32x4.add (local.get $b) (i32x4.add
          (i32x4.dot_i16x8_s (local.get $low) (v128.load offset=32 (local.get $q)))
          (i32x4.dot_i16x8_s (local.get $high) (v128.load offset=48 (local.get $q))))))
        (local.set $c (i32x4.add (local.get $c) (i32x4.add
          (i32x4.dot_i16x8_s (local.get $low) (v128.load offset=64 (local.get $q)))
          (i32x4.dot_i16x8_s (local.get $high) (v128.load offset=80 (local.get $q))))))
        (local.set $d (i32x4.add (local.get $d) (i32x4.add
          (i32x4.dot_i16x8_s (local.get $low) (v128.load offset=96 (local.get $q)))
          (i32x4.dot_i16x8_s (local.get $high) (v128.load offset=112 (local.get $q))))))
        (local.set $q (i32.add (local.get $q) (i32.const 128)))
        (local.set $row (i32.add (local.get $row) (i32.const 16)))
        (br_if $numbers (i32.lt_u (local.get $row) (local.get $end))))
      ;; Transposes while adding: a0+a2 b0+b2 a1+a3 b1+b3, the same of c and d, then both halves of both.
      (local.set $a (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
      (local.set $c (i32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
      (v128.store (local.get $out) (i32x4.add
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $rows (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
