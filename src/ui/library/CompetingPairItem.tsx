// One pair of posts that say the same: both posts, how they differ, what may be done, and the way to let it stand.
import { useServices } from '../../app/hooks.ts';
import type { CompetingPair, CompetingPost } from '../../core/index.ts';
import { asSentence, differenceParts } from '../format/differences.ts';
import { Button } from '../parts/Button.tsx';
import { DateText } from '../parts/DateText.tsx';
import { text } from '../text.ts';

const words = text.library.competing;

export function CompetingPairItem({ pair }: { pair: CompetingPair }) {
  const { competing, announcer } = useServices();
  const { posts, ignored } = pair;
  const [first, second] = posts.map(titleOf) as [string, string];
  // One button with two names, so that the keyboard stays where it is.
  const toggle = (
    <Button
      look={ignored ? 'quiet' : 'plain'}
      aria-label={ignored ? words.undoLabel(first, second) : words.ignoreLabel(first, second)}
      onClick={() => {
        announcer.say(ignored ? words.announceBack : words.announceIgnored);
        void competing.ignore(pair, !ignored);
      }}
    >
      {ignored ? words.undo : words.ignore}
    </Button>
  );
  return (
    <li className={`competing-pair ${ignored ? 'competing-pair--ignored' : ''}`} aria-label={words.pair(first, second)}>
      <div className="competing-pair__what">
        <ol>
          {posts.map((post) => (
            <li key={post.id} className="competing-pair__post">
              <PostLine post={post} />
            </li>
          ))}
        </ol>
        {ignored ? (
          <p className="competing-pair__advice">{words.ignored}</p>
        ) : (
          <>
            <p className="competing-pair__differs">{asSentence(differenceParts(pair, 'pair'))}</p>
            <p className="competing-pair__advice">{adviceOf(pair)}</p>
          </>
        )}
      </div>
      {toggle}
    </li>
  );
}

function PostLine({ post }: { post: CompetingPost }) {
  const { reader } = useServices();
  const title = titleOf(post);
  return (
    <>
      <button type="button" title={words.read(title)} onClick={() => void reader.open(post.id, title)}>
        {title}
      </button>
      <span className="competing-pair__meta figures">
        <DateText iso={post.date} />
        {' · '}
        {post.source}
        {' · '}
        {text.library.list.words(post.words)}
      </span>
    </>
  );
}

function adviceOf({ advice, spare, posts }: CompetingPair): string {
  if (advice === 'merge') return words.advice.merge;
  if (advice === 'ignore' || spare === null) return words.advice.ignore;
  return words.advice.redirect(titleOf(posts[spare]), titleOf(posts[spare === 0 ? 1 : 0]));
}

const titleOf = ({ title }: CompetingPost): string => (title === '' ? text.library.list.untitled : title);
