// Asks for room in a worker, for a test.
import { probeRoom } from '../core/store/probeRoom.ts';
import { platformStorage } from '../core/store/quota.ts';

addEventListener('message', ({ data }: MessageEvent<number>) => {
  void probeRoom(platformStorage(), data).then((most) => postMessage(most));
});
