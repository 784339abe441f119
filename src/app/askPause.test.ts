import { expect, test } from 'vitest';
import { ASK_PAUSE_MS, AskPause } from './askPause.ts';

test('before an answer it is waited as long as is never felt, then as long as answers usually take', () => {
  const pause = new AskPause();
  expect(pause.ms).toBe(ASK_PAUSE_MS.most);
  for (const ms of [70, 90, 80]) pause.note(ms);
  expect(pause.ms).toBe(80);
});

test('one slow answer changes nothing, a device that has become slow does', () => {
  const pause = new AskPause();
  for (let n = 0; n < 9; n++) pause.note(70);
  pause.note(2_000);
  expect(pause.ms).toBe(70);
  for (let n = 0; n < 5; n++) pause.note(400);
  expect(pause.ms).toBe(ASK_PAUSE_MS.most);
});

test('on the quickest device a quick typist’s every key is not asked about', () => {
  const pause = new AskPause();
  pause.note(3);
  expect(pause.ms).toBe(ASK_PAUSE_MS.least);
});
