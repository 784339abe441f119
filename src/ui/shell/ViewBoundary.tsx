// Catches what a view throws, says that nothing is lost, and offers ways on.
import { Component } from 'react';
import type { ReactNode } from 'react';
import { toKindredError } from '../../core/index.ts';
import type { KindredError } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Problem } from '../parts/Problem.tsx';
import { text } from '../text.ts';

interface Props {
  onLeave: () => void;
  children: ReactNode;
}

interface State {
  error: KindredError | null;
}

export class ViewBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: toKindredError(error) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const words = text.shell.viewFailed;
    return (
      <div className="view-failed" role="alert">
        <Problem title={`${words.title}. ${words.body}`} code={error.code} message={error.message}>
          <Button look="strong" onClick={() => this.setState({ error: null })}>
            {words.retry}
          </Button>
          <Button onClick={() => location.reload()}>{words.reload}</Button>
          <Button
            look="quiet"
            onClick={() => {
              this.props.onLeave();
              this.setState({ error: null });
            }}
          >
            {words.elsewhere}
          </Button>
        </Problem>
      </div>
    );
  }
}
