import type { JSX } from 'preact';
import type { PlaceProps } from '../app';

export function Outreach(_: PlaceProps): JSX.Element {
  return <main id="main" />;
}
