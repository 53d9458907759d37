// Light or dark: what the browser asks for, or what the reader chose.
import { signal } from '@preact/signals';

/** The dress of the page. */
export type Dress = 'light' | 'dark';

const wish = window.matchMedia('(prefers-color-scheme: dark)');
const kept = (): Dress | null => {
  const value = window.localStorage.getItem('dress');
  return value === 'light' || value === 'dark' ? value : null;
};

/** The dress in use. */
export const dress = signal<Dress>(kept() ?? (wish.matches ? 'dark' : 'light'));

wish.addEventListener('change', () => {
  if (!kept()) dress.value = wish.matches ? 'dark' : 'light';
});

dress.subscribe((value) => (document.documentElement.dataset['dress'] = value));

/** Turns from light to dark or back, and keeps the choice in this browser. */
export function turnDress(): void {
  dress.value = dress.value === 'dark' ? 'light' : 'dark';
  window.localStorage.setItem('dress', dress.value);
}
