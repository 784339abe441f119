// Before a restore: what the file holds, what each way would do to the library, and the author's decision.
import { useEffect, useId, useState } from 'react';
import { useLibraryStatus, useServices } from '../../app/hooks.ts';
import type { BackupContents, RestoreMode } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { exactDate } from '../format/dates.ts';
import { saidSize } from '../status/bytes.ts';
import { nameOf } from '../status/modelWords.ts';
import { text } from '../text.ts';

const words = text.backup.question;
const modes: readonly RestoreMode[] = ['merge', 'replace'];

export function RestoreQuestion({ contents }: { contents: BackupContents }) {
  const { backup, announcer } = useServices();
  const models = useLibraryStatus()?.models;
  const [mode, setMode] = useState<RestoreMode>('merge');
  const [vectors, setVectors] = useState(true);
  const group = useId();
  const heading = words.heading(exactDate(new Date(contents.madeAt)));
  useEffect(() => announcer.say(heading), [announcer, heading]);

  const present = models?.choice?.model;
  const option = models?.options.find(({ id }) => id === contents.model);
  const model = option === undefined ? contents.model : nameOf(option);
  const other = vectors && mode === 'merge' && present !== undefined && present !== contents.model;
  const effects = {
    merge: words.merge(contents.added, contents.differing, contents.same),
    replace: words.replace({ posts: contents.otherPosts, drafts: contents.otherDrafts }, contents.differing),
  };

  return (
    <div className="restore">
      <h2>{heading}</h2>
      <p className="figures">{words.holds(contents.posts, contents.drafts, saidSize(contents.bytes))}</p>
      <fieldset>
        <legend className="unseen">{words.how}</legend>
        {modes.map((one) => (
          <div key={one} className="restore__choice">
            <input
              type="radio"
              id={`${group}-${one}`}
              name={group}
              checked={mode === one}
              aria-describedby={`${group}-${one}-about`}
              onChange={() => setMode(one)}
            />
            <label htmlFor={`${group}-${one}`}>{words.modes[one]}</label>
            <p id={`${group}-${one}-about`} className="figures">
              {effects[one]}
            </p>
          </div>
        ))}
      </fieldset>
      {contents.vectors === 0 ? null : (
        <div className="restore__choice restore__vectors">
          <input
            type="checkbox"
            id={`${group}-vectors`}
            checked={vectors}
            aria-describedby={`${group}-vectors-about`}
            onChange={({ target }) => setVectors(target.checked)}
          />
          <label htmlFor={`${group}-vectors`}>{words.vectors}</label>
          <p id={`${group}-vectors-about`} className="figures">
            {words.vectorsWhy(contents.vectors, model)} {other ? words.otherModel : null}
          </p>
        </div>
      )}
      <div className="add-buttons restore__foot">
        <Button
          look={mode === 'replace' ? 'danger' : 'strong'}
          onClick={() => void backup.restore({ mode, vectors: vectors && contents.vectors > 0 })}
        >
          {words.go[mode]}
        </Button>
        <Button onClick={() => backup.close()}>{words.cancel}</Button>
      </div>
    </div>
  );
}
