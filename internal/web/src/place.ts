// The address of the page as a signal, and how to go elsewhere.
import { computed, effect, signal } from '@preact/signals';
import { formatAddress, parseAddress, type View } from './address';

const read = (): View | null => parseAddress(window.location.pathname, window.location.search);

const address = signal<View | null>(read());

window.addEventListener('popstate', () => (address.value = read()));

/** What the page shows; null when its address is none of ours. */
export const view = computed(() => address.value);

/** Whether a step can be gone back with the browser's button. */
export type Step = 'push' | 'replace';

/** Changes parts of what is shown. A part set to undefined is left to the page. */
export function go(patch: { [K in keyof View]?: View[K] | undefined }, step: Step = 'push'): void {
  const next = linked(patch);
  if (formatAddress(next) === formatAddress(address.peek() ?? { place: 'overview' })) return;
  const at = formatAddress(next);
  if (step === 'push') window.history.pushState(null, '', at);
  else window.history.replaceState(null, '', at);
  address.value = next;
}

/** The view that a patch of the present one gives. */
export function linked(patch: { [K in keyof View]?: View[K] | undefined }): View {
  const merged = { ...(address.peek() ?? { place: 'overview' }), ...patch };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as View;
}

/** Runs f now and whenever the place changes. */
export function onPlace(f: (place: View['place'] | null) => void): void {
  const place = computed(() => address.value?.place ?? null);
  effect(() => f(place.value));
}
