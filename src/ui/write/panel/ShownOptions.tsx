// How much is suggested, for good, and of which posts, until the page is loaded again: only what this library can be told apart by.
import { useEffect, useState } from 'react';
import { AMOUNTS } from '../../../app/preferences.ts';
import { usePreferences, useServices, useSuggestions } from '../../../app/hooks.ts';
import type { PostChoice, PostFacets, PostKind } from '../../../core/index.ts';
import { text } from '../../text.ts';
import { useChoose } from './useChoose.ts';

export function ShownOptions() {
  const words = text.write.panel;
  const amount = usePreferences((state) => state.amount);
  const choose = useChoose();
  return (
    <div className="shown" role="group" aria-label={words.options}>
      <fieldset className="shown__amounts">
        <legend className="unseen">{words.amount}</legend>
        {AMOUNTS.map((one) => (
          <label key={one} className="shown__amount">
            <input
              type="radio"
              name="amount"
              className="unseen"
              checked={amount === one}
              onChange={() => choose({ amount: one })}
            />
            <span>{words.amounts[one]}</span>
          </label>
        ))}
      </fieldset>
      <p className="shown__hint">{words.amountHints[amount]}</p>
      <Filters />
    </div>
  );
}

function Filters() {
  const { library } = useServices();
  const only = useSuggestions((state) => state.only);
  const choose = useChoose();
  const [facets, setFacets] = useState<PostFacets | null>(null);
  useEffect(() => {
    let gone = false;
    // Without an answer there is nothing to choose from, and all posts go on being shown.
    library.postFacets().then(
      (found) => {
        if (!gone) setFacets(found);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [library]);
  if (facets === null) return null;
  const words = text.write.panel.filters;
  const change = (next: Partial<PostChoice>): void => choose({ only: next });
  return (
    <div className="shown__filters">
      <Choice
        label={words.kind}
        any={words.anyKind}
        value={only.kind}
        options={facets.kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        onChange={(kind) => change({ kind: kind as PostKind | null })}
      />
      <Choice
        label={words.source}
        any={words.anySource}
        value={only.source}
        options={facets.sources.map((source) => ({ value: source, label: source }))}
        onChange={(source) => change({ source })}
      />
      <Choice
        label={words.tag}
        any={words.anyTag}
        value={only.tag}
        options={facets.tags.map((tag) => ({ value: tag, label: tag }))}
        onChange={(tag) => change({ tag })}
      />
      <Choice
        label={words.period}
        any={words.anyTime}
        value={only.since === null ? null : String(only.since)}
        options={facets.years.slice(0, -1).map((year) => ({ value: String(year), label: words.since(year) }))}
        least={1}
        onChange={(since) => change({ since: since === null ? null : Number(since) })}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** Words for no choice. */
  any: string;
  value: string | null;
  options: { value: string; label: string }[];
  /** Fewer than this are no choice: nothing is shown. */
  least?: number;
  onChange: (value: string | null) => void;
}

function Choice({ label, any, value, options, least = 2, onChange }: ChoiceProps) {
  if (options.length < least) return null;
  return (
    <label className="shown__filter">
      <span className="unseen">{label}</span>
      <select
        value={value ?? ''}
        className={value === null ? '' : 'shown__select--chosen'}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
