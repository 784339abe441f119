import { expect, test } from 'vitest';
import { operatorShares } from './split.ts';

const line = (name: string, operator: string, us: number, end = ','): string =>
  `{"cat" : "Node","pid" :42,"tid" :1,"dur" :${us},"ts" :1,"ph" : "X","name" :"${name}_kernel_time",` +
  `"args" : {"op_name" : "${operator}","node_index" : "1"}}${end}`;

test('an operator takes the medians of its nodes together, the first runs left out', () => {
  const lines = [
    '[',
    '{"cat" : "Session","pid" :42,"dur" :9000000,"ts" :1,"ph" : "X","name" :"model_run","args" : {}},',
    ...[50_000, 2000, 4000, 3000].map((us) => line('layer.0.up', 'MatMul', us)),
    ...[70_000, 1000, 1000, 1000].map((us) => line('layer.1.up', 'MatMul', us)),
    ...[9000, 500, 500, 500].map((us, at) => line('layer.0.shares', 'Softmax', us, at === 3 ? '' : ',')),
    ']',
  ];
  expect(operatorShares(lines, 1)).toEqual([
    { operator: 'MatMul', nodes: 2, ms: 4 },
    { operator: 'Softmax', nodes: 1, ms: 0.5 },
  ]);
});
