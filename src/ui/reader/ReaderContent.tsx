// What the reader shows, in a column or in a drawer.
import { useEffect, useRef, useState } from 'react';
import ExternalLink from 'lucide-react/icons/external-link';
import X from 'lucide-react/icons/x';
import type { ReaderPassage, ReaderState } from '../../app/reader.ts';
import type { Post } from '../../core/index.ts';
import { languageName } from '../format/languages.ts';
import { clock, atSecond } from '../format/time.ts';
import { countWords } from '../format/words.ts';
import { Button } from '../parts/Button.tsx';
import { Calm } from '../parts/Calm.tsx';
import { DateText } from '../parts/DateText.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { KindIcon } from '../parts/KindIcon.tsx';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';
import { Embedded } from './Embedded.tsx';
import { Places } from './Places.tsx';
import { PostBody } from './PostBody.tsx';
import './Reader.css';

export function ReaderContent({ state, onClose }: { state: ReaderState; onClose: () => void }) {
  const words = text.reader;
  const frame = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const shown = state.state === 'open' ? state.id : null;
  const passage = state.state === 'open' ? state.passage : null;

  // Once for each post and passage: what is found out about it later moves nothing.
  useEffect(() => {
    if (shown === null) return;
    heading.current?.focus({ preventScroll: true });
    const match = frame.current?.querySelector('[data-passage]');
    if (match) match.scrollIntoView({ block: 'center' });
    else heading.current?.scrollIntoView({ block: 'nearest' });
  }, [shown, passage]);

  if (state.state === 'closed') return null;
  return (
    <article ref={frame} className="reader">
      <IconButton className="reader__close" label={words.close} icon={<X aria-hidden />} onClick={onClose} />
      {state.state === 'open' ? (
        <>
          <h2 ref={heading} tabIndex={-1} className="reader__title">
            {state.post.title}
          </h2>
          <Details post={state.post} passage={state.passage} />
          <Places key={state.post.id} post={state.post} />
          <Body key={`body ${state.post.id}`} {...state} />
          {state.post.tags.length > 0 ? <Tags tags={state.post.tags} /> : null}
        </>
      ) : null}
      {state.state === 'missing' ? <Calm line={words.missing(state.title)} /> : null}
      {state.state === 'failed' ? (
        <Problem title={words.failed(state.title)} code={state.error.code} message={state.error.message} />
      ) : null}
    </article>
  );
}

/** The post, or instead of it what the model reads of it. */
function Body({ post, passage, closest }: Extract<ReaderState, { state: 'open' }>) {
  // Opened for another passage, the post shows that.
  const [previewed, setPreviewed] = useState<ReaderPassage | undefined>(undefined);
  const isPreview = previewed === passage;
  const words = text.reader.embedded;
  return (
    <>
      <Button look="quiet" className="reader__embedded" onClick={() => setPreviewed(isPreview ? undefined : passage)}>
        {isPreview ? words.hide : words.show}
      </Button>
      {isPreview ? <Embedded post={post} /> : <PostBody post={post} passage={passage} closest={closest} />}
    </>
  );
}

function Details({ post, passage }: { post: Post; passage: ReaderPassage }) {
  const words = text.reader;
  const { kind, date, source, authors, series, url, language } = post;
  const seconds = passage?.startS ?? null;
  return (
    <>
      <p className="reader__details">
        <KindIcon kind={kind} />
        <DateText iso={date} />
        {authors.length > 0 ? <span>{words.by(authors.join(', '))}</span> : null}
        <span>{source}</span>
        <span className="figures">{words.words(countWords(post.text))}</span>
        {language === undefined ? null : <span>{words.language(languageName(language))}</span>}
        {series === null ? null : <span>{words.series(series)}</span>}
      </p>
      {url === null ? null : (
        <p className="reader__original">
          <a href={seconds === null ? url : atSecond(url, seconds)} target="_blank" rel="noopener noreferrer">
            {seconds === null ? words.original : words.atTime(clock(seconds))}
            <ExternalLink size={14} aria-hidden />
          </a>
        </p>
      )}
    </>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <ul className="reader__tags" aria-label={text.reader.tags}>
      {tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  );
}
