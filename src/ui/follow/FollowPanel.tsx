// Places that posts keep coming from: subscribed feeds and watched folders, how each stands, and the way to more.
import { useEffect, useState } from 'react';
import FolderSync from 'lucide-react/icons/folder-sync';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Rss from 'lucide-react/icons/rss';
import X from 'lucide-react/icons/x';
import { createFolderPlace } from '../../app/folderPlace.ts';
import { createFollowStore } from '../../app/followStore.ts';
import { useServices } from '../../app/hooks.ts';
import type { Followed } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import { follow as words } from '../text/follow.ts';
import { FeedForm } from './FeedForm.tsx';
import { FollowContext, useFollow, useFollowState } from './followContext.ts';
import { FeedItem, FolderItem } from './FollowedItem.tsx';
import './FollowPanel.css';

export function FollowPanel() {
  const { library, status } = useServices();
  const [store] = useState(() => createFollowStore({ library, status, place: createFolderPlace(window) }));
  useEffect(() => store.watch(), [store]);
  return (
    <FollowContext value={store}>
      <Panel />
    </FollowContext>
  );
}

function Panel() {
  const { followed, stopped, failure } = useFollowState();
  const store = useFollow();
  const [adding, setAdding] = useState(false);
  const box = useKeptFocus(`${adding} ${stopped === null} ${failure === null}`);
  // Reserved by nothing: what is followed is known a moment after the view is shown, above which nothing moves.
  if (followed === null) return null;
  const { feeds, folders } = followed;
  const isEmpty = feeds.length + folders.length === 0;
  return (
    <div ref={box} role="region" aria-label={words.region} tabIndex={-1} className="follow">
      <div className={`library__line ${isEmpty ? 'library__offer' : ''}`}>
        {isEmpty ? (
          <p>
            {words.ask} <span className="library__aside">{words.why}</span>
          </p>
        ) : (
          <h2 className="follow__heading figures">{words.heading(feeds.length, folders.length)}</h2>
        )}
        <div className="add-buttons">
          {isEmpty ? null : <LookAll followed={followed} />}
          <Button icon={<Rss aria-hidden />} aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {words.followFeed}
          </Button>
          {store.canWatchFolders ? (
            <Button icon={<FolderSync aria-hidden />} onClick={() => void store.watchFolder()}>
              {words.watchFolder}
            </Button>
          ) : null}
        </div>
      </div>
      {store.canWatchFolders ? null : (
        <p className={`follow__note ${isEmpty ? 'library__offer' : ''}`}>{words.noFolders}</p>
      )}
      {adding ? <FeedForm server={followed.server} onClose={() => setAdding(false)} /> : null}
      <Failure />
      <StoppedLine />
      {isEmpty ? null : <List followed={followed} />}
    </div>
  );
}

function LookAll({ followed: { feeds, folders } }: { followed: Followed }) {
  const store = useFollow();
  const looking = [...feeds, ...folders].every((place) => place.looking);
  return (
    <Button
      disabled={looking}
      icon={<RefreshCw className={looking ? 'follow__turning' : ''} aria-hidden />}
      onClick={() => void store.look()}
    >
      {looking ? words.looking : words.lookAll}
    </Button>
  );
}

function List({ followed: { feeds, folders, whileOpen } }: { followed: Followed }) {
  const store = useFollow();
  return (
    <>
      <ul className="follow__list">
        {feeds.map((feed) => (
          <FeedItem key={feed.id} feed={feed} />
        ))}
        {folders.map((folder) => (
          <FolderItem key={folder.id} folder={folder} />
        ))}
      </ul>
      <label className="follow__setting">
        <input type="checkbox" checked={whileOpen} onChange={({ target }) => void store.setWhileOpen(target.checked)} />
        {words.whileOpen}
      </label>
    </>
  );
}

function Failure() {
  const store = useFollow();
  const { failure } = useFollowState();
  const { announcer } = useServices();
  const title = failure === null ? null : words.failed[failure.task];
  useEffect(() => {
    if (title !== null) announcer.say(title);
  }, [announcer, title]);
  if (failure === null || title === null) return null;
  return (
    <Problem title={title} code={failure.error.code} message={failure.error.message}>
      <Button look="quiet" onClick={() => store.dismissFailure()}>
        {words.close}
      </Button>
    </Problem>
  );
}

function StoppedLine() {
  const store = useFollow();
  const { stopped } = useFollowState();
  const { announcer } = useServices();
  const line = stopped === null ? null : words.stopped(stopped.name, stopped.unfollowed.deleted);
  useEffect(() => {
    if (line !== null) announcer.say(line);
  }, [announcer, line]);
  if (line === null) return null;
  return (
    <div className="library__line">
      <p className="figures">{line}</p>
      <Button onClick={() => void store.undoStop()}>{words.undo}</Button>
      <IconButton label={words.close} icon={<X aria-hidden />} onClick={() => store.dismissStopped()} />
    </div>
  );
}
