import { expect, test } from 'vitest';
import { atSecond } from './time.ts';

test.each([
  ['https://www.youtube.com/watch?v=abc&t=3', 'https://www.youtube.com/watch?v=abc&t=754s'],
  ['https://youtu.be/abc', 'https://youtu.be/abc?t=754s'],
  ['https://vimeo.com/123', 'https://vimeo.com/123#t=754s'],
  [
    'https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d',
    'https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=754s',
  ],
  ['https://ferry.example/e1.mp3', 'https://ferry.example/e1.mp3#t=754'],
  ['https://ferry.example/talks/1#top', 'https://ferry.example/talks/1#t=754'],
  ['/talks/1', '/talks/1#t=754'],
])('%s at a second', (address, expected) => {
  expect(atSecond(address, 754.9)).toBe(expected);
});
