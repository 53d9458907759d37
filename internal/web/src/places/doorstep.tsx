import type { JSX } from 'preact';
import type { PlaceProps } from '../app';

export function Doorstep(_: PlaceProps): JSX.Element {
  return <main id="main" />;
}
