// Ctrl K: one field over all posts and commands.
import { useEffect, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Collection } from 'react-aria-components/Collection';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { SearchField } from 'react-aria-components/SearchField';
import type { PostSummary } from '../../core/index.ts';
import { useServices } from '../../app/hooks.ts';
import { DateText } from '../parts/DateText.tsx';
import { KindIcon } from '../parts/KindIcon.tsx';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import { beginsCommand, listCommands, matchCommands } from './commands.ts';
import { useOverlays } from './overlaysContext.ts';
import './CommandDialog.css';

const MOST_POSTS = 8;
const ASK_PAUSE_MS = 80;

export function CommandDialog({ onClose }: { onClose: () => void }) {
  const words = text.shell.search;
  const services = useServices();
  const overlays = useOverlays();
  const [typed, setTyped] = useState('');
  const posts = usePostsMatching(typed);
  const commands = matchCommands(listCommands(services, overlays), typed);

  const commandsFirst = beginsCommand(commands, typed);

  const postSection =
    posts.length === 0 ? null : (
      <MenuSection key="posts">
        <Header className="commands__heading">{words.posts}</Header>
        <Collection items={posts}>
          {(post) => (
            <MenuItem
              id={`post ${post.id}`}
              textValue={post.title}
              className="commands__item"
              onAction={() => void services.reader.open(post.id, post.title)}
            >
              <KindIcon kind={post.kind} />
              <span className="commands__title">{post.title}</span>
              <span className="commands__detail">
                <DateText iso={post.date} />
              </span>
            </MenuItem>
          )}
        </Collection>
      </MenuSection>
    );
  const commandSection =
    commands.length === 0 ? null : (
      <MenuSection key="commands">
        <Header className="commands__heading">{words.commands}</Header>
        <Collection items={commands}>
          {(command) => (
            <MenuItem
              id={command.id}
              textValue={command.label}
              className="commands__item"
              onAction={() => queueMicrotask(command.run)}
            >
              <span className="commands__title">{command.label}</span>
            </MenuItem>
          )}
        </Collection>
      </MenuSection>
    );

  return (
    <Modal label={words.open} place="top" onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped} disableAutoFocusFirst={false}>
        <SearchField aria-label={words.field} className="commands__field" autoFocus>
          <Input placeholder={words.placeholder} />
        </SearchField>
        <Menu
          aria-label={words.open}
          className="commands__list"
          onClose={onClose}
          renderEmptyState={() => <p className="commands__nothing">{words.nothing(typed)}</p>}
        >
          {commandsFirst ? [commandSection, postSection] : [postSection, commandSection]}
        </Menu>
      </Autocomplete>
    </Modal>
  );
}

/** The first posts that hold the typed words; none for an empty field. The last answer stays until the next is there. */
function usePostsMatching(typed: string): PostSummary[] {
  const { library } = useServices();
  const [found, setFound] = useState<PostSummary[]>([]);
  const search = typed.trim();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      const listed = library.listPosts({ search, sort: 'date', descending: true });
      listed.then(
        (posts) => {
          if (current) setFound(posts.slice(0, MOST_POSTS));
        },
        // The view behind says what is wrong with the library; commands still work.
        () => undefined,
      );
    }, ASK_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [library, search]);
  return search === '' ? [] : found;
}
