// One feed or folder that is followed: its name, how it stands, what is wrong and what can be done.
import { useState, type ReactNode } from 'react';
import FolderSync from 'lucide-react/icons/folder-sync';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Rss from 'lucide-react/icons/rss';
import X from 'lucide-react/icons/x';
import type { FollowedFeed, FollowedFolder, LookState } from '../../core/index.ts';
import { saidMoment } from '../format/dates.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { text } from '../text.ts';
import { follow as words } from '../text/follow.ts';
import { useFollow } from './followContext.ts';

/** One file is read in no time, and its progress is no news. */
const FILES_WORTH_PROGRESS = 20;

export function FeedItem({ feed }: { feed: FollowedFeed }) {
  const { hostname } = new URL(feed.address);
  return <Place place={feed} icon={<Rss aria-hidden />} name={feed.title || hostname} where={feed.address} />;
}

export function FolderItem({ folder }: { folder: FollowedFolder }) {
  const store = useFollow();
  const { id, name, allowed, missing, deleted } = folder;
  return (
    <Place place={folder} icon={<FolderSync aria-hidden />} name={name} where={name}>
      {allowed ? null : (
        <Notice says={words.shut}>
          <Button onClick={() => void store.allow(folder)}>{words.allow}</Button>
        </Notice>
      )}
      {missing === 0 ? null : (
        <Notice says={words.missing(missing)}>
          <Button onClick={() => void store.settleMissing(id, 'keep')}>{words.keepMissing}</Button>
          <Button look="danger" onClick={() => void store.settleMissing(id, 'delete')}>
            {words.deleteMissing}
          </Button>
        </Notice>
      )}
      {deleted === null ? null : (
        <Notice says={words.deleted(deleted.count)}>
          <Button onClick={() => void store.restoreMissing(id)}>{words.restore}</Button>
        </Notice>
      )}
    </Place>
  );
}

interface PlaceProps {
  place: LookState & { id: string; posts: number };
  icon: ReactNode;
  name: string;
  /** In full, on hover. */
  where: string;
  children?: ReactNode;
}

function Place({ place, icon, name, where, children }: PlaceProps) {
  const store = useFollow();
  const [asking, setAsking] = useState(false);
  const { id, posts, looking, progress, problem, issues } = place;
  return (
    <li className="follow__place">
      <div className="follow__row">
        <span className="follow__icon">{icon}</span>
        <span className="follow__name" title={where}>
          {name}
        </span>
        <span className="follow__state figures">{stateOf(place)}</span>
        <IconButton
          label={words.look(name)}
          disabled={looking}
          icon={<RefreshCw className={looking ? 'follow__turning' : ''} aria-hidden />}
          onClick={() => void store.look([id])}
        />
        <IconButton
          label={words.stop(name)}
          aria-expanded={asking}
          icon={<X aria-hidden />}
          onClick={() => setAsking(!asking)}
        />
      </div>
      {progress !== null && progress.filesTotal >= FILES_WORTH_PROGRESS ? (
        <ProgressLine
          label={words.reading(progress.filesDone, progress.filesTotal)}
          share={progress.filesDone / progress.filesTotal}
        />
      ) : null}
      {asking ? (
        <Notice says={words.stopQuestion(name)}>
          <Button onClick={() => void store.stop({ id, name }, 'keep')}>{words.stopKeep(posts)}</Button>
          {posts === 0 ? null : (
            <Button look="danger" onClick={() => void store.stop({ id, name }, 'delete')}>
              {words.stopDelete(posts)}
            </Button>
          )}
          <Button look="quiet" onClick={() => setAsking(false)}>
            {words.stopNot}
          </Button>
        </Notice>
      ) : null}
      {problem === null ? null : (
        <p className="follow__problem">
          {text.errors[problem.code].what} <span>{problem.message}</span>
        </p>
      )}
      {children}
      {issues.length === 0 ? null : (
        <details className="follow__issues">
          <summary>{words.issues(issues.length)}</summary>
          <ul>
            {issues.map(({ item, message }, index) => (
              <li key={`${item} ${index}`}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** "24 posts, 2 new 5 min ago, looked just now" */
function stateOf({ posts, looking, lookedAt, found, problem }: PlaceProps['place']): string {
  const now = Date.now();
  if (looking && lookedAt === null) return words.looking;
  const parts = [
    lookedAt === null ? null : words.holds(posts),
    found === null || found.added + found.changed === posts
      ? null
      : words.news(found.added, found.changed, saidMoment(found.at, now)),
    lookedAt !== null ? words.looked(saidMoment(lookedAt, now)) : problem === null ? words.waiting : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function Notice({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div className="follow__notice">
      <p className="figures">{says}</p>
      <div className="add-buttons">{children}</div>
    </div>
  );
}
