// Beside the draft: related posts for the whole of it and for the paragraph at the caret. Still while it is read.
import type { ReactNode } from 'react';
import Files from 'lucide-react/icons/files';
import LinkIcon from 'lucide-react/icons/link';
import Pilcrow from 'lucide-react/icons/pilcrow';
import Tag from 'lucide-react/icons/tag';
import Waypoints from 'lucide-react/icons/waypoints';
import { groupsOf } from '../../../app/groups.ts';
import { usePreferences, useServices, useStatusState, useSuggestions } from '../../../app/hooks.ts';
import type { Relation, Suggestion } from '../../../core/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { figure } from '../../text/count.ts';
import { text } from '../../text.ts';
import { useSuggestionActions } from '../useSuggestionActions.ts';
import { PanelEmpty } from './PanelEmpty.tsx';
import { SuggestionItem } from './SuggestionItem.tsx';
import { useAnnounceRelated } from './useAnnounceRelated.ts';
import './Panel.css';
import './SuggestionItem.css';

export function Panel() {
  const words = text.write.panel;
  const { suggestions } = useServices();
  const draft = useSuggestions((state) => state.draft);
  const paragraph = useSuggestions((state) => state.paragraph);
  const basis = useSuggestions((state) => (state.state === 'ready' ? state.basis : undefined));
  const library = useStatusState();
  useAnnounceRelated();
  if (library.state === 'failed') {
    const { code, message } = library.error;
    return (
      <Problem title={text.shell.noLibrary.title} code={code} message={message}>
        <Button onClick={() => location.reload()}>{text.shell.noLibrary.reload}</Button>
      </Problem>
    );
  }
  return (
    <>
      <div
        className="panel__lists"
        onPointerMove={() => suggestions.hold('pointer', true)}
        onPointerLeave={() => suggestions.hold('pointer', false)}
        onFocus={() => suggestions.hold('focus', true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) suggestions.hold('focus', false);
        }}
      >
        {draft.length + paragraph.length === 0 ? <PanelEmpty /> : null}
        {draft.length === 0 ? null : (
          <section className="panel__draft" aria-label={words.draft} data-basis={basis}>
            {groupsOf(draft).map(({ relation, list }) => (
              <Section key={relation} title={words.groups[relation]} icon={icons[relation]} list={list} />
            ))}
          </section>
        )}
        <Section title={words.paragraph} icon={<Pilcrow aria-hidden />} list={paragraph} />
      </div>
      <Dismissed />
    </>
  );
}

const icons: Record<Relation, ReactNode> = {
  'near-duplicate': <Files aria-hidden />,
  'same-topic': <Tag aria-hidden />,
  related: <Waypoints aria-hidden />,
  'link-target': <LinkIcon aria-hidden />,
};

function Section({ title, icon, list }: { title: string; icon: ReactNode; list: Suggestion[] }) {
  const active = useSuggestions((state) => state.active);
  const fresh = useSuggestions((state) => state.fresh);
  const leaving = useSuggestions((state) => state.leaving);
  const actions = useSuggestionActions();
  const now = new Date();
  if (list.length === 0) return null;
  return (
    <section className="panel__section" aria-label={title}>
      <h3 className="panel__section-title">
        {icon}
        {title}
        <span className="panel__count figures">{figure(list.length)}</span>
      </h3>
      <ul>
        {list.map((suggestion, at) => (
          <SuggestionItem
            key={suggestion.post}
            suggestion={suggestion}
            next={list.slice(at + 1).find(({ post }) => !leaving.includes(post)) ?? null}
            active={suggestion.post === active}
            fresh={fresh.includes(suggestion.post)}
            leaving={leaving.includes(suggestion.post)}
            now={now}
            actions={actions}
          />
        ))}
      </ul>
    </section>
  );
}

/** Dismissals are remembered for each draft, and can all be taken back. */
function Dismissed() {
  const words = text.write.panel;
  const { suggestions, drafts } = useServices();
  const count = usePreferences(({ dismissed }) => {
    const draft = drafts.current();
    return draft === null ? 0 : (dismissed[draft.id]?.length ?? 0);
  });
  if (count === 0) return null;
  return (
    <p className="panel__dismissed">
      {words.dismissedCount(count)}
      <Button look="quiet" className="panel__inline" onClick={() => suggestions.bringBack()}>
        {words.bringBack}
      </Button>
    </p>
  );
}
