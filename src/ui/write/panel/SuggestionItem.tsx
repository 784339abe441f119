// One suggestion: what it is, the passage, the reason, and what can be done with it. Dismissed, it keeps its place for a while.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import Copy from 'lucide-react/icons/copy';
import CopyCheck from 'lucide-react/icons/copy-check';
import LinkIcon from 'lucide-react/icons/link';
import X from 'lucide-react/icons/x';
import Check from 'lucide-react/icons/check';
import type { Suggestion } from '../../../core/index.ts';
import { minuteOf } from '../../format/time.ts';
import { Button } from '../../parts/Button.tsx';
import { DateText } from '../../parts/DateText.tsx';
import { IconButton } from '../../parts/IconButton.tsx';
import { KindIcon } from '../../parts/KindIcon.tsx';
import { Strength } from '../../parts/Strength.tsx';
import { text } from '../../text.ts';
import type { SuggestionActions } from '../useSuggestionActions.ts';
import { Alike } from './Alike.tsx';
import { duplicateText } from './duplicate.ts';
import { Passage } from './Passage.tsx';
import { SeriesParts } from './SeriesParts.tsx';
import { reasonFor } from './reason.ts';
import { Why } from './Why.tsx';

export interface SuggestionItemProps {
  suggestion: Suggestion;
  /** What follows in its list. */
  next: Suggestion | null;
  active: boolean;
  fresh: boolean;
  leaving: boolean;
  now: Date;
  actions: SuggestionActions;
}

export function SuggestionItem({ suggestion, next, active, fresh, leaving, now, actions }: SuggestionItemProps) {
  const words = text.write.suggestion;
  const { title, url, kind, date, source, linked, strength, passage, anchor, duplicate, alike, series } = suggestion;
  const item = useRef<HTMLLIElement>(null);
  const [height, setHeight] = useState(0);

  useLayoutEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  // While it is reached by the keys, the words show that its link would go around.
  useEffect(() => {
    if (!active || leaving) return undefined;
    actions.showAnchor(suggestion);
    return () => actions.showAnchor(null);
  }, [active, leaving, suggestion, actions]);

  if (leaving) {
    return (
      <li ref={item} className="suggestion suggestion--leaving" style={{ minBlockSize: height }}>
        <span>{words.dismissed(title)}</span>
        <Button look="quiet" onClick={() => actions.undoDismiss(suggestion)}>
          {text.shell.undo}
        </Button>
      </li>
    );
  }

  const classes = ['suggestion', active && 'suggestion--active', fresh && 'suggestion--fresh'];
  const linkable = url !== null;
  const insert = anchor === null ? words.insert : words.link(anchor.text);
  return (
    <li
      ref={(element) => {
        item.current = element;
        // Remembered, so that a dismissed suggestion leaves a gap of its own size and nothing moves.
        if (element !== null && element.offsetHeight !== height) setHeight(element.offsetHeight);
      }}
      className={classes.filter(Boolean).join(' ')}
      aria-current={active ? 'true' : undefined}
    >
      <div className="suggestion__head">
        <h4 className="suggestion__title">
          <button type="button" title={words.open(title)} onClick={() => actions.read(suggestion)}>
            {title}
          </button>
        </h4>
        <Strength value={strength} />
      </div>
      <p className="suggestion__meta">
        <KindIcon kind={kind} />
        {passage.startS === null ? null : <span>{minuteOf(passage.startS)}</span>}
        <DateText iso={date} now={now} />
        <span className="suggestion__source">{source}</span>
        {linked ? (
          <span className="suggestion__linked">
            <Check size={13} strokeWidth={2.25} aria-hidden />
            {words.linked}
          </span>
        ) : null}
      </p>
      {duplicate === null ? null : (
        <p className="suggestion__duplicate">
          <CopyCheck size={15} strokeWidth={2} aria-hidden />
          <span>{duplicateText(duplicate, date, now)}</span>
        </p>
      )}
      <Passage passage={passage} />
      <SeriesParts parts={series} of={title} now={now} onRead={(part) => actions.readOther(part)} />
      <div className="suggestion__foot">
        <p className="suggestion__reason">
          {reasonFor(suggestion, now).map((part, index) =>
            typeof part === 'string' ? part : <em key={index}>{part.term}</em>,
          )}
          <Why suggestion={suggestion} next={next} />
        </p>
        <div className="suggestion__actions">
          <Button
            look="quiet"
            icon={<LinkIcon aria-hidden />}
            aria-label={anchor === null ? words.insertLabel(title) : words.linkLabel(anchor.text, title)}
            aria-disabled={!linkable}
            title={linkable ? insert : words.noAddress}
            onPointerEnter={() => actions.showAnchor(suggestion)}
            onPointerLeave={() => actions.showAnchor(null)}
            onFocus={() => actions.showAnchor(suggestion)}
            onBlur={() => actions.showAnchor(null)}
            onClick={() => actions.insert(suggestion)}
          >
            <span className="suggestion__insert">{insert}</span>
          </Button>
          <IconButton
            label={words.copyLabel(title)}
            tip={linkable ? words.copy : words.noAddress}
            aria-disabled={!linkable}
            icon={<Copy aria-hidden />}
            onClick={() => actions.copy(suggestion)}
          />
          <IconButton
            label={words.dismissLabel(title)}
            tip={words.dismiss}
            icon={<X aria-hidden />}
            onClick={() => actions.dismiss(suggestion)}
          />
        </div>
      </div>
      {alike.length === 0 ? null : <Alike posts={alike} now={now} onRead={(post) => actions.readOther(post)} />}
    </li>
  );
}
