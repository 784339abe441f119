// The model in use and why, the others, and a change of it as it goes.
import { useId, useState } from 'react';
import { useServices } from '../../app/hooks.ts';
import { toKindredError, type KindredError, type LibraryStatus, type ModelOption } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';
import { FactList } from './FactList.tsx';
import { modelFacts } from './facts.ts';
import { ModelChangeProgress } from './ModelChangeProgress.tsx';
import { ModelProgress } from './ModelProgress.tsx';
import { expectation, nameOf, sizeNote } from './modelWords.ts';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import './ModelSection.css';

export function ModelSection({ status }: { status: LibraryStatus }) {
  const { change } = status.models;
  const [problem, setProblem] = useState<KindredError | null>(null);
  const box = useKeptFocus(change === null);

  /** Says what the library refuses; what it accepts shows by itself. */
  function ask(call: Promise<void>): void {
    setProblem(null);
    call.catch((error: unknown) => setProblem(toKindredError(error)));
  }

  return (
    <>
      <FactList facts={modelFacts(status)} />
      <ModelProgress model={status.model} />
      <div ref={box} tabIndex={-1} className="model-section">
        {change === null ? (
          <Choose status={status} ask={ask} />
        ) : (
          <ModelChangeProgress change={change} status={status} ask={ask} />
        )}
      </div>
      {problem === null ? null : (
        <Problem title={text.model.notChanged} code={problem.code} message={problem.message} />
      )}
    </>
  );
}

interface ChooseProps {
  status: LibraryStatus;
  ask: (call: Promise<void>) => void;
}

function Choose({ status, ask }: ChooseProps) {
  const { library, announcer } = useServices();
  const { options, choice } = status.models;
  const [picked, setPicked] = useState<string | null>(null);
  const group = useId();
  const words = text.model;
  if (options.length < 2 || choice === null) return null;
  const selected = options.find(({ id }) => id === (picked ?? choice.model));
  const other = selected !== undefined && selected.id !== choice.model ? selected : null;

  function change(to: ModelOption): void {
    announcer.say(words.announceStart(nameOf(to)));
    ask(library.chooseModel(to.id));
  }

  return (
    <fieldset className="model-choice">
      <legend>{words.choose}</legend>
      {options.map((option) => (
        <Option
          key={option.id}
          group={group}
          option={option}
          posts={status.posts}
          present={option.id === choice.model}
          checked={option.id === selected?.id}
          onPick={() => setPicked(option.id)}
        />
      ))}
      <div className="model-choice__foot">
        <Button
          aria-disabled={other === null}
          onClick={() => {
            if (other !== null) change(other);
          }}
        >
          {other === null ? words.useOther : words.use(nameOf(other))}
        </Button>
        {other === null ? null : <p className="status__note">{words.useNote(status.posts)}</p>}
      </div>
    </fieldset>
  );
}

interface OptionProps {
  group: string;
  option: ModelOption;
  posts: number;
  /** It is the one that answers. */
  present: boolean;
  checked: boolean;
  onPick: () => void;
}

function Option({ group, option, posts, present, checked, onPick }: OptionProps) {
  const about = useId();
  const words = text.model;
  return (
    <div className="model-choice__option">
      <input
        type="radio"
        id={`${about}-input`}
        name={group}
        checked={checked}
        aria-describedby={about}
        onChange={onPick}
      />
      <div>
        <label htmlFor={`${about}-input`}>
          {nameOf(option)}
          {present ? <span className="model-choice__present">{words.present}</span> : null}
        </label>
        <div id={about} className="model-choice__about">
          <p>{words.about[option.size]}</p>
          <p className="model-choice__figures figures">
            {[sizeNote(option), expectation(option, posts)].filter((part) => part !== null).join(' · ')}
          </p>
        </div>
      </div>
    </div>
  );
}
