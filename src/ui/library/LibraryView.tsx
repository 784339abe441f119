// The Library view: bring posts in, see what came of it, find, open and delete them.
import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useImports, useLibraryStatus, usePosts, useServices } from '../../app/hooks.ts';
import { readDropped } from '../../app/readDropped.ts';
import { BackupPanel } from '../backup/BackupPanel.tsx';
import { FollowPanel } from '../follow/FollowPanel.tsx';
import { Button } from '../parts/Button.tsx';
import { ViewHeading } from '../parts/ViewHeading.tsx';
import { text } from '../text.ts';
import { AddButtons } from './AddButtons.tsx';
import { CompetingPanel } from './CompetingPanel.tsx';
import { DemoOffer } from './DemoOffer.tsx';
import { DropOverlay } from './DropOverlay.tsx';
import { EmptyLibrary } from './EmptyLibrary.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { LostLibrary } from './LostLibrary.tsx';
import { PostsPanel } from './PostsPanel.tsx';
import { QueueLine } from './QueueLine.tsx';
import { RemovedBar } from './RemovedBar.tsx';
import { SourcesPanel } from './SourcesPanel.tsx';
import { StorageNotice } from './StorageNotice.tsx';
import { useFileDrop } from './useFileDrop.ts';
import './LibraryView.css';

/** One post says the same as no other. */
const FEWEST_TO_COMPARE = 2;

export function LibraryView() {
  const { posts, imports } = useServices();
  const current = useImports();
  const list = usePosts((state) => state.list);
  const sources = usePosts((state) => state.sources);
  const status = useLibraryStatus();
  useEffect(() => posts.watch(), [posts]);
  // Narrow screens have no room for all that can be done with posts above them.
  const [unfolded, setUnfolded] = useState(false);

  const busy = ['gathering', 'asking', 'importing'].includes(current.state);
  const over = useFileDrop((items) => {
    void imports.importGathered((options) => readDropped(items, options));
  });

  const words = text.library;
  const total = sources.reduce((sum, { posts: count }) => sum + count, 0);
  const opening = status === null || list.state === 'loading';
  const empty = !opening && list.state === 'ready' && total === 0 && !busy;

  return (
    <div className={`library ${empty ? 'library--empty' : unfolded ? '' : 'library--folded'}`}>
      <header className="library__head">
        <div>
          <ViewHeading>{words.heading}</ViewHeading>
          <p className="library__tally figures" hidden={empty}>
            {opening ? words.opening : total > 0 ? words.tally(total, sources.length) : ' '}
            {total === 0 ? null : (
              <Button look="quiet" className="library__clear" disabled={busy} onClick={() => void posts.clear()}>
                {words.list.clear(total)}
              </Button>
            )}
          </p>
        </div>
        {empty || opening ? null : (
          <div className="library__add">
            <AddButtons busy={busy} />
            <p className="library__formats">{words.add.formats}</p>
          </div>
        )}
      </header>
      <LostLibrary />
      <StorageNotice />
      <ImportPanel />
      <QueueLine />
      <DemoOffer />
      <RemovedBar />
      {opening || total === 0 ? null : <SourcesPanel />}
      {opening || empty ? null : (
        <div className="library__line library__fold">
          <Button
            look="quiet"
            icon={<ChevronDown aria-hidden />}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {words.tools}
          </Button>
        </div>
      )}
      {opening || total < FEWEST_TO_COMPARE ? null : <CompetingPanel />}
      {empty ? <EmptyLibrary /> : null}
      {opening ? null : <FollowPanel />}
      {opening ? null : <BackupPanel empty={empty} busy={busy} />}
      {opening || empty ? null : <PostsPanel />}
      {over ? <DropOverlay busy={busy} /> : null}
    </div>
  );
}
