// A page of its own, so that nothing else of the app works while a device is measured.
import { useEffect, useState } from 'react';
import ClipboardCopy from 'lucide-react/icons/clipboard-copy';
import { useStore } from 'zustand';
import type { BenchResult, BenchState, DeviceBench } from '../../app/bench/deviceBench.ts';
import type { Device } from '../../app/bench/device.ts';
import { hrefOf } from '../../app/route.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { bench as words } from '../text/bench.ts';
import { benchFacts, benchMarkdown, benchTable } from './report.ts';
import './BenchPage.css';

export interface BenchPageProps {
  bench: DeviceBench;
  device: Device;
}

export function BenchPage({ bench, device }: BenchPageProps) {
  const state = useStore(bench);
  useEffect(() => {
    document.title = words.pageTitle;
  }, []);
  const working = state.stage === 'opening' || state.stage === 'measuring';
  const result = state.stage === 'ready' ? null : state.result;

  return (
    <div className="bench">
      <nav className="bench__nav" aria-label={words.home}>
        <a href="./" className="bench__home">
          {words.home}
        </a>
        <a href={`./${hrefOf('status')}`}>{words.back}</a>
      </nav>
      <main id="main" className="bench__main">
        <h1 className="bench__heading">{words.heading}</h1>
        <p className="bench__lead">{words.lead}</p>
        <p className="bench__note">{words.leadMore}</p>
        <div className="bench__controls">
          {working ? (
            <Button onClick={() => bench.stop()}>{words.stop}</Button>
          ) : (
            <Button look="strong" onClick={() => void bench.run()}>
              {state.stage === 'ready' ? words.start : words.again}
            </Button>
          )}
          <Progress state={state} />
        </div>
        {state.stage === 'failed' ? (
          <Problem title={words.failed} code={state.error.code} message={state.error.message} />
        ) : null}
        {result === null ? null : <Result device={device} result={result} whole={state.stage === 'done'} />}
      </main>
    </div>
  );
}

function Progress({ state }: { state: BenchState }) {
  switch (state.stage) {
    case 'opening':
      return <ProgressLine label={words.opening} share={null} />;
    case 'measuring':
      return <ProgressLine label={words.measuring(state.set, state.sets)} share={state.share} />;
    case 'ready':
    case 'failed':
    case 'done':
    case 'stopped': {
      const said = state.stage === 'done' ? words.done : state.stage === 'stopped' ? words.stopped : '';
      return (
        <p role="status" className="bench__note">
          {said}
        </p>
      );
    }
  }
}

function Result({ device, result, whole }: { device: Device; result: BenchResult; whole: boolean }) {
  const { head, rows } = benchTable(result);
  return (
    <div>
      {rows.length === 0 ? null : (
        <div className="bench__scroll" role="region" aria-label={words.table} tabIndex={0}>
          <table className="bench__table figures">
            <caption>{words.table}</caption>
            <thead>
              <tr>
                {head.map((cell) => (
                  <th key={cell} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([length = '', ...cells]) => (
                <tr key={length}>
                  <th scope="row">{length}</th>
                  {cells.map((cell, at) => (
                    <td key={head[at + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2 className="bench__subheading">{words.device}</h2>
      <dl className="bench__facts">
        {benchFacts(device, result).map((fact) => (
          <div key={fact.term}>
            <dt>{fact.term}</dt>
            <dd>{fact.words}</dd>
          </div>
        ))}
      </dl>
      {whole ? <Copy markdown={benchMarkdown(device, result)} /> : null}
    </div>
  );
}

function Copy({ markdown }: { markdown: string }) {
  const [outcome, setOutcome] = useState('');
  function copy(): void {
    navigator.clipboard.writeText(markdown).then(
      () => setOutcome(words.copied),
      () => setOutcome(words.copyFailed),
    );
  }
  return (
    <div className="bench__controls">
      <Button icon={<ClipboardCopy aria-hidden />} onClick={copy}>
        {words.copy}
      </Button>
      <p role="status" className="bench__note">
        {outcome}
      </p>
    </div>
  );
}
