// Ctrl K: one field over all posts and commands. A combobox of our own, because posts arrive after the words are typed.
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { PostSummary } from '../../core/index.ts';
import { useServices } from '../../app/hooks.ts';
import { DateText } from '../parts/DateText.tsx';
import { KindIcon } from '../parts/KindIcon.tsx';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import { beginsCommand, listCommands, matchCommands } from './commands.ts';
import { useOverlays } from './overlaysContext.ts';
import { usePostsMatching } from './usePostsMatching.ts';
import './CommandDialog.css';

interface Entry {
  id: string;
  content: ReactNode;
  run: () => void;
}

interface Group {
  title: string;
  entries: Entry[];
}

const words = text.shell.search;

export function CommandDialog({ onClose }: { onClose: () => void }) {
  const services = useServices();
  const overlays = useOverlays();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const prefix = useId();

  const all = matchCommands(listCommands(services, overlays), typed);
  const commands: Group = {
    title: words.commands,
    entries: all.map(({ id, label, run }) => ({
      id,
      content: <span className="commands__title">{label}</span>,
      run,
    })),
  };
  const posts: Group = {
    title: words.posts,
    entries: usePostsMatching(typed).map((post) => ({
      id: `post ${post.id}`,
      content: <PostLine post={post} />,
      run: () => void services.reader.open(post.id, post.title),
    })),
  };
  const groups = beginsCommand(all, typed) ? [commands, posts] : [posts, commands];
  const entries = groups.flatMap((group) => group.entries);
  // What was chosen may be gone from the list: then the first is.
  const index = Math.max(
    0,
    entries.findIndex(({ id }) => id === chosen),
  );
  const current = entries[index];

  const act = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      setChosen(entries[(index + step + entries.length) % entries.length]?.id ?? null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      act(current);
    }
  };

  const idOf = (entry: Entry): string => `${prefix}${entries.indexOf(entry)}`;
  return (
    <Modal label={words.open} place="top" onClose={onClose}>
      <input
        className="commands__field"
        role="combobox"
        aria-label={words.field}
        aria-expanded={entries.length > 0}
        aria-controls={`${prefix}list`}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : idOf(current)}
        placeholder={words.placeholder}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(null);
        }}
        onKeyDown={onKeyDown}
      />
      {entries.length === 0 ? (
        <p className="commands__nothing" role="status">
          {words.nothing(typed)}
        </p>
      ) : null}
      <div id={`${prefix}list`} role="listbox" aria-label={words.results} className="commands__list">
        {groups.map(({ title, entries: shown }) =>
          shown.length === 0 ? null : (
            <div key={title} role="group" aria-label={title}>
              <p className="commands__heading" aria-hidden>
                {title}
              </p>
              {shown.map((entry) => (
                <Option key={entry.id} id={idOf(entry)} chosen={entry === current} onChoose={() => act(entry)}>
                  {entry.content}
                </Option>
              ))}
            </div>
          ),
        )}
      </div>
    </Modal>
  );
}

interface OptionProps {
  id: string;
  chosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Option({ id, chosen, onChoose, children }: OptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={option} id={id} role="option" aria-selected={chosen} className="commands__item" onClick={onChoose}>
      {children}
    </div>
  );
}

function PostLine({ post }: { post: PostSummary }) {
  return (
    <>
      <KindIcon kind={post.kind} />
      <span className="commands__title">{post.title}</span>
      <span className="commands__detail">
        <DateText iso={post.date} />
      </span>
    </>
  );
}
