// Where else the open post stands, why it is taken for the same, and the way to show a place by itself again.
import { useEffect, useState } from 'react';
import ExternalLink from 'lucide-react/icons/external-link';
import { useServices } from '../../app/hooks.ts';
import { toKindredError, type KindredError, type Post, type PostPlace } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { DateText } from '../parts/DateText.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import { text } from '../text.ts';

const words = text.reader.places;

export function Places({ post }: { post: Post }) {
  const { library, announcer } = useServices();
  const [places, setPlaces] = useState<PostPlace[]>([]);
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<KindredError | null>(null);
  const box = useKeptFocus([...apart].join());

  useEffect(() => {
    let gone = false;
    library.placesOf(post.id).then(
      (found) => gone || setPlaces(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [library, post.id]);

  function join(place: PostPlace, joined: boolean): void {
    setProblem(null);
    library.joinPlaces(post.id, place.id, joined).then(
      () => {
        setApart((before) => new Set([...before].filter((id) => id !== place.id).concat(joined ? [] : [place.id])));
        if (!joined) announcer.say(words.isApart(place.source));
      },
      (error: unknown) => setProblem(toKindredError(error)),
    );
  }

  if (places.length === 0) return null;
  return (
    <div ref={box} role="region" aria-label={words.heading} tabIndex={-1} className="places">
      <h3>{words.heading}</h3>
      <ul>
        {places.map((place) =>
          apart.has(place.id) ? (
            <li key={place.id}>
              {words.isApart(place.source)}
              <Button look="quiet" onClick={() => join(place, true)}>
                {words.undo}
              </Button>
            </li>
          ) : (
            <li key={place.id}>
              <Where place={place} of={post} />
              <DateText iso={place.date} />
              <span className="places__reason">{words.reasons[place.by]}</span>
              <Button
                look="quiet"
                aria-label={words.apartLabel(place.title, place.source)}
                onClick={() => join(place, false)}
              >
                {words.apart}
              </Button>
            </li>
          ),
        )}
      </ul>
      {problem === null ? null : <Problem title={words.failed} code={problem.code} message={problem.message} />}
    </div>
  );
}

function Where({ place, of }: { place: PostPlace; of: Post }) {
  const said = words.where(place.source, place.title === of.title ? null : place.title);
  if (place.url === null) return <span>{said}</span>;
  return (
    <a href={place.url} target="_blank" rel="noopener noreferrer">
      {said}
      <ExternalLink size={13} aria-hidden />
    </a>
  );
}
