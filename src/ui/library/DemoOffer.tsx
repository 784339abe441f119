// Once the author has posts of their own: an offer to take the demo's out.
import { demoSource } from '../../app/demoSource.ts';
import { usePosts, usePreferences, useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';

export function DemoOffer() {
  const { posts, preferences } = useServices();
  const sources = usePosts((state) => state.sources);
  const kept = usePreferences((state) => state.demoKept);
  const demo = sources.find(({ source }) => source === demoSource);
  const words = text.library.demo;
  if (kept || demo === undefined || sources.length < 2) return null;
  return (
    <section className="library__line">
      <p className="figures">{words.offer(demo.posts)}</p>
      <div className="add-buttons">
        <Button onClick={() => void posts.removeSource(demoSource)}>{words.remove}</Button>
        <Button look="quiet" onClick={() => preferences.setState({ demoKept: true })}>
          {words.later}
        </Button>
      </div>
    </section>
  );
}
