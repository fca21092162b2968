// Catches what a page throws, so that the frame and the other pages stay usable. A chunk that is gone after an update is loaded anew.
import { Component, type ReactNode } from 'react';
import { problemOf } from '../problem.ts';
import { Problem } from './problem.tsx';

interface Caught {
  readonly error: unknown;
}

export class Boundary extends Component<{ readonly children: ReactNode }, Caught> {
  override state: Caught = { error: undefined };

  static getDerivedStateFromError(error: unknown): Caught {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const gone = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
    return <Problem error={problemOf(error)} onRetry={() => (gone ? window.location.reload() : this.setState({ error: undefined }))} />;
  }
}
