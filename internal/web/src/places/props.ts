// What the frame of the page gives to each place.
import type { Option, Study } from '../types';

/** What every place is given: the study, its options, and how to ask for both again. */
export type PlaceProps = { study: Study; options: Option[]; refresh: () => void };
