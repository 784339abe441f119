// The near-duplicates that a suggestion stands for: named, so that none is lost, and each can be read.
import type { OtherPost } from '../../../core/index.ts';
import { DateText } from '../../parts/DateText.tsx';
import { text } from '../../text.ts';

/** More are counted. */
const MOST_NAMED = 3;

export interface AlikeProps {
  posts: readonly OtherPost[];
  now: Date;
  onRead: (post: OtherPost) => void;
}

export function Alike({ posts, now, onRead }: AlikeProps) {
  const words = text.write.alike;
  const more = posts.length - MOST_NAMED;
  return (
    <div className="suggestion__alike">
      <p>{words.label(posts.length)}</p>
      <ul>
        {posts.slice(0, MOST_NAMED).map((post) => (
          <li key={post.post}>
            <button type="button" title={text.write.suggestion.open(post.title)} onClick={() => onRead(post)}>
              {post.title}
            </button>
            <DateText iso={post.date} now={now} />
          </li>
        ))}
        {more > 0 ? <li>{words.more(more)}</li> : null}
      </ul>
    </div>
  );
}
