// Where an author follows a feed: by its address or out of a list; or hears why this server fetches none, and what can be done.
import { useId, useRef, useState, type ChangeEvent, type SubmitEvent } from 'react';
import { useServices } from '../../app/hooks.ts';
import { readChosen } from '../../app/readDropped.ts';
import type { FeedServer, ListedFeed } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { follow as words } from '../text/follow.ts';
import { useFollow, useFollowState } from './followContext.ts';

export interface FeedFormProps {
  /** Null before it was asked. */
  server: FeedServer | null;
  onClose: () => void;
}

export function FeedForm({ server, onClose }: FeedFormProps) {
  const { listed } = useFollowState();
  if (listed !== null) return <ListedFeeds feeds={listed} onDone={onClose} />;
  return server === null || server === 'on' ? (
    <AddressForm onDone={onClose} />
  ) : (
    <NoServer server={server} onClose={onClose} />
  );
}

function AddressForm({ onDone }: { onDone: () => void }) {
  const store = useFollow();
  const [address, setAddress] = useState('');
  const id = useId();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (address.trim() === '') return;
    void store.followFeeds([address]).then((followed) => {
      if (followed) onDone();
    });
  }

  return (
    <form className="follow__form" onSubmit={submit}>
      <label htmlFor={id}>{words.form.label}</label>
      <div className="follow__fields">
        <input
          id={id}
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={address}
          placeholder={words.form.placeholder}
          onChange={({ target }) => setAddress(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && onDone()}
        />
        <Button type="submit" look="strong">
          {words.form.follow}
        </Button>
        <FileButton
          label={words.form.list}
          accept=".opml,.xml"
          testId="choose-feed-list"
          onFile={(file) => void store.readList(file)}
        />
      </div>
      <p className="library__aside">{words.form.privacy}</p>
    </form>
  );
}

function ListedFeeds({ feeds, onDone }: { feeds: ListedFeed[]; onDone: () => void }) {
  const store = useFollow();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set());
  const isAll = chosen.size === feeds.length;

  function toggle(address: string): void {
    const next = new Set(chosen);
    if (!next.delete(address)) next.add(address);
    setChosen(next);
  }

  return (
    <fieldset className="follow__form follow__choice">
      <legend>{words.list.heading(feeds.length)}</legend>
      {feeds.length < 2 ? null : (
        <label className="follow__setting">
          <input
            type="checkbox"
            checked={isAll}
            onChange={() => setChosen(new Set(isAll ? [] : feeds.map(({ address }) => address)))}
          />
          {words.list.all}
        </label>
      )}
      <ul>
        {feeds.map(({ address, title }) => (
          <li key={address}>
            <label className="follow__setting" title={address}>
              <input type="checkbox" checked={chosen.has(address)} onChange={() => toggle(address)} />
              <span className="follow__name">{title || address}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="add-buttons">
        <Button
          look="strong"
          disabled={chosen.size === 0}
          onClick={() =>
            void store.followFeeds([...chosen]).then((followed) => {
              if (followed) onDone();
            })
          }
        >
          {words.list.follow(chosen.size)}
        </Button>
        <Button onClick={() => store.dropList()}>{words.list.cancel}</Button>
      </div>
    </fieldset>
  );
}

function NoServer({ server, onClose }: { server: Exclude<FeedServer, 'on'>; onClose: () => void }) {
  const store = useFollow();
  const { imports } = useServices();
  return (
    <div className="follow__form" data-testid="no-feed-server">
      <p>
        {words.form.server[server]}
        {server === 'unreachable' ? null : (
          <>
            {' '}
            <code>{words.form.command}</code>
          </>
        )}
      </p>
      <div className="add-buttons">
        <FileButton
          label={words.form.addFile}
          accept=".xml,.rss,.atom,.rdf,.json"
          testId="choose-saved-feed"
          onFile={(file) => {
            const gathered = readChosen([file]);
            void imports.importGathered(() => gathered);
            onClose();
          }}
        />
        {server === 'absent' ? null : (
          <Button onClick={() => void store.askServer()}>
            {server === 'off' ? words.form.askAgain : words.form.tryAgain}
          </Button>
        )}
        <Button look="quiet" onClick={onClose}>
          {words.form.close}
        </Button>
      </div>
    </div>
  );
}

interface FileButtonProps {
  label: string;
  accept: string;
  testId: string;
  onFile: (file: File) => void;
}

function FileButton({ label, accept, testId, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  function onChosen({ target }: ChangeEvent<HTMLInputElement>): void {
    const file = target.files?.[0];
    // So that choosing the same file again is a change again.
    target.value = '';
    if (file !== undefined) onFile(file);
  }
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" accept={accept} hidden onChange={onChosen} data-testid={testId} />
    </>
  );
}
