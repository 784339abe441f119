// The Status view: where it runs and why, what it has, and how it is held that nothing leaves the page.
import { useState, type ReactNode } from 'react';
import ClipboardCopy from 'lucide-react/icons/clipboard-copy';
import { useKeeping, useRequests, useServices, useStatusState } from '../../app/hooks.ts';
import { policyOf } from '../../app/requestLog.ts';
import type { LibraryStatus } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ViewHeading } from '../parts/ViewHeading.tsx';
import { ViewLink } from '../parts/ViewLink.tsx';
import { text } from '../text.ts';
import { DeviceSection } from './DeviceSection.tsx';
import { FactList } from './FactList.tsx';
import { postFacts, privacyFacts, startFacts, storageFacts, tabFacts } from './facts.ts';
import { KeepStorage } from './KeepStorage.tsx';
import { KeptModels } from './KeptModels.tsx';
import { ModelSection } from './ModelSection.tsx';
import { OfflineSection } from './OfflineSection.tsx';
import { statusReport } from './report.ts';
import './StatusView.css';

export function StatusView() {
  const state = useStatusState();
  const requests = useRequests();
  const [policy] = useState(() => policyOf(document));
  const words = text.status;

  return (
    <div className="status">
      <header className="status__head">
        <ViewHeading>{words.heading}</ViewHeading>
        {state.state === 'open' ? <CopyReport status={state.status} policy={policy} /> : null}
      </header>
      <Section heading={words.privacy.heading}>
        <p className="status__lead">{words.privacy.lead}</p>
        <FactList facts={privacyFacts(requests, policy)} />
        {policy === null ? null : (
          <details className="status__policy">
            <summary>{words.privacy.policyText}</summary>
            <code>{policy.split('; ').join(';\n')}</code>
          </details>
        )}
      </Section>
      {state.state === 'open' ? (
        <Open status={state.status} />
      ) : state.state === 'failed' ? (
        <Problem title={words.notOpen} code={state.error.code} message={state.error.message}>
          <Button onClick={() => location.reload()}>{words.reload}</Button>
        </Problem>
      ) : (
        <p className="status__opening">{words.opening}</p>
      )}
    </div>
  );
}

function Open({ status }: { status: LibraryStatus }) {
  const words = text.status;
  const { plan } = status;
  // The library hears of a promise a little after the page.
  const promised = useKeeping().promise === 'kept';
  const storage = { ...status.storage, persisted: promised || status.storage.persisted };
  return (
    <>
      <Section heading={words.device.heading}>
        <DeviceSection plan={plan} posts={status.posts} />
        <p className="status__note">
          <a href="./bench.html">{words.device.measure}</a>
        </p>
      </Section>
      <Section heading={text.model.heading}>
        <ModelSection status={status} />
      </Section>
      {status.model.state === 'ready' ? (
        <Section heading={words.start.heading}>
          <FactList column facts={startFacts(status)} />
          <p className="status__note">{words.start.note}</p>
        </Section>
      ) : null}
      <Section heading={words.posts.heading}>
        <FactList column facts={postFacts(status)} />
      </Section>
      <Section heading={words.tabs.heading}>
        <FactList facts={tabFacts(status.tabs)} />
      </Section>
      <Section heading={words.offline.heading}>
        <OfflineSection />
      </Section>
      <Section heading={words.storage.heading}>
        <FactList facts={storageFacts(storage)} />
        {storage.kind === 'memory' ? (
          <p className="status__note">{text.errors['storage-missing'].remedy}</p>
        ) : (
          <KeepStorage />
        )}
        <KeptModels status={status} />
        <p className="status__note">
          <ViewLink view="library">{text.backup.inLibrary}</ViewLink>
        </p>
      </Section>
    </>
  );
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="status__section" aria-label={heading}>
      <h2>{heading}</h2>
      <div className="status__facts">{children}</div>
    </section>
  );
}

function CopyReport({ status, policy }: { status: LibraryStatus; policy: string | null }) {
  const { announcer, requests } = useServices();
  const [outcome, setOutcome] = useState<string | null>(null);
  const words = text.status;

  function copy(): void {
    const settle = (said: string): void => {
      setOutcome(said);
      announcer.say(said);
    };
    const around = {
      userAgent: navigator.userAgent,
      crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
      now: new Date(),
    };
    navigator.clipboard.writeText(statusReport(status, requests.getState(), policy, around)).then(
      () => settle(words.copied),
      () => settle(words.copyFailed),
    );
  }

  return (
    <div className="status__copy">
      <p>{outcome ?? words.copyWhy}</p>
      <Button icon={<ClipboardCopy aria-hidden />} onClick={copy}>
        {words.copy}
      </Button>
    </div>
  );
}
