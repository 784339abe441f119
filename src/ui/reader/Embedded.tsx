// What the model reads of the open post: its passages, and between them what is left out and why.
import { useEffect, useState } from 'react';
import { useServices } from '../../app/hooks.ts';
import { toKindredError, type KindredError, type Post, type PostPreview } from '../../core/index.ts';
import { clock } from '../format/time.ts';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';
import { previewRows, type PreviewRow } from './previewRows.ts';
import './Embedded.css';

const words = text.reader.embedded;

export function Embedded({ post }: { post: Post }) {
  const { library } = useServices();
  const [preview, setPreview] = useState<PostPreview | null>(null);
  const [problem, setProblem] = useState<KindredError | null>(null);

  useEffect(() => {
    let gone = false;
    library.previewPost(post.id).then(
      (found) => gone || setPreview(found),
      (error: unknown) => gone || setProblem(toKindredError(error)),
    );
    return () => {
      gone = true;
    };
  }, [library, post.id]);

  if (problem !== null) return <Problem title={words.failed} code={problem.code} message={problem.message} />;
  if (preview === null) return null;
  const { passages, leftOut } = preview;
  return (
    <section className="embedded" aria-label={words.region}>
      <p className="embedded__summary figures">
        {passages === null
          ? words.waiting
          : words.summary(passages.length, passages.filter(({ embedded }) => embedded).length, leftOut.length)}
      </p>
      <ol>
        {previewRows(post, preview).map((row) => (
          <Row key={`${row.kind} ${row.start}`} row={row} />
        ))}
      </ol>
    </section>
  );
}

function Row({ row }: { row: PreviewRow }) {
  if (row.kind === 'left-out') {
    return (
      <li className="embedded__row embedded__row--left-out">
        <span className="embedded__label figures">{words.leftOut[row.why](row.posts)}</span>
        <p>{row.text}</p>
      </li>
    );
  }
  return (
    <li className="embedded__row">
      <span className="embedded__label figures">
        {row.number === null ? words.head : words.passage(row.number)}
        {row.startS === null ? null : ` · ${clock(row.startS)}`}
        {row.embedded ? null : ` · ${words.notYet}`}
      </span>
      <p>{row.text}</p>
    </li>
  );
}
