// Posts deleted together, or out of sight by now: how many, and the way back.
import X from 'lucide-react/icons/x';
import { usePosts, useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { text } from '../text.ts';

export function RemovedBar() {
  const { posts, announcer } = useServices();
  const removed = usePosts((state) => state.removed);
  const words = text.library.removed;
  if (removed === null) return null;
  return (
    <section className="library__line" aria-label={words.count(removed.count)}>
      <p className="figures" role="status">
        {words.count(removed.count)}
      </p>
      <div className="add-buttons">
        <Button
          onClick={() => {
            void posts.restoreRemoved().then(() => announcer.say(words.announceAllBack));
          }}
        >
          {words.restore}
        </Button>
        <IconButton label={words.close} icon={<X aria-hidden />} onClick={() => posts.dismissRemoved()} />
      </div>
    </section>
  );
}
