// The frame of every place: header, navigation, the place itself, footer.
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { formatAddress, places, type Place } from './address';
import { get, list } from './client';
import { useLoad } from './load';
import { Shown } from './parts/state';
import { go, linked, view } from './place';
import { Accessibility } from './places/accessibility';
import { Compare } from './places/compare';
import { Doorstep } from './places/doorstep';
import { Method } from './places/method';
import { Outreach } from './places/outreach';
import { Overview } from './places/overview';
import { Plan } from './places/plan';
import type { PlaceProps } from './places/props';
import { t } from './strings.en';
import { dress, turnDress } from './theme';
import type { Option, Study } from './types';

const rooms: Record<Place, (props: PlaceProps) => JSX.Element> = {
  overview: Overview,
  compare: Compare,
  plan: Plan,
  outreach: Outreach,
  doorstep: Doorstep,
  method: Method,
  accessibility: Accessibility,
};

const mapless: Place[] = ['method', 'accessibility'];

/** The whole page. */
export function App(): JSX.Element {
  const load = useLoad(() => async (signal) => {
    const [study, options] = await Promise.all([get<Study>('/study', signal), list<Option>('/options', signal)]);
    return { study, options };
  });
  const county = load.state.value.value?.study.name ?? '';
  useSignalEffect(() => {
    const name = load.state.value.value?.study.name ?? '';
    document.title = t.title(view.value?.place ?? 'overview', name);
  });
  const place = view.value?.place;
  return (
    <div class="frame">
      <a href="#main" class="govuk-skip-link skip">
        {t.skip}
      </a>
      {place && !mapless.includes(place) && (
        <a href="#map" class="govuk-skip-link skip">
          {t.skipToMap}
        </a>
      )}
      <Masthead county={county} />
      {place ? (
        <Shown load={load} what={t.brand}>
          {({ study, options }) => {
            const Room = rooms[place];
            return (
              <>
                <Room key={place} study={study} options={options} refresh={load.again} />
                <Foot study={study} />
              </>
            );
          }}
        </Shown>
      ) : (
        <main id="main" class="side text">
          <h1>{t.notFound.heading}</h1>
          <a href="/">{t.notFound.text}</a>
        </main>
      )}
    </div>
  );
}

function Masthead(props: { county: string }): JSX.Element {
  const dark = dress.value === 'dark';
  const to = dark ? t.dress.toLight : t.dress.toDark;
  return (
    <header class="masthead">
      <a class="brand" href="/" onClick={(e) => follow(e, 'overview')}>
        <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="15" fill="#a9d3ee" />
          <circle cx="16" cy="16" r="9" fill="#0b3b5a" />
          <circle cx="16" cy="16" r="4" fill="#f5a623" />
        </svg>
        {t.brand} <span class="county">{props.county}</span>
      </a>
      <nav class="places" aria-label={t.nav}>
        <ul>
          {places
            .filter((p) => p !== 'accessibility')
            .map((p) => (
              <li key={p}>
                <a
                  href={formatAddress(elsewhere(p))}
                  aria-current={view.value?.place === p ? 'page' : undefined}
                  onClick={(e) => follow(e, p)}
                >
                  {t.places[p]}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <button type="button" class="dress" aria-label={t.dress.label(to)} onClick={turnDress}>
        {to}
      </button>
    </header>
  );
}

/** Another place keeps the option and where the map looks. */
function elsewhere(place: Place): ReturnType<typeof linked> {
  const { option, beside, camera } = view.value ?? {};
  return { place, ...(option && { option }), ...(beside && { beside }), ...(camera && { camera }) };
}

function follow(e: MouseEvent, place: Place): void {
  if (e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return; // the browser's own business
  e.preventDefault();
  const next = elsewhere(place);
  const gone = Object.fromEntries(Object.keys(view.value ?? {}).map((key) => [key, undefined]));
  go({ ...gone, ...next });
  window.scrollTo(0, 0);
}

function Foot(props: { study: Study }): JSX.Element {
  const { study } = props;
  return (
    <footer class="foot">
      {study.method.approximate && <p>{t.foot.approximate}</p>}
      {study.not_assessed.length > 0 && (
        <details>
          <summary>{t.foot.notAssessed(study.not_assessed.length)}</summary>
          <ul>
            {study.not_assessed.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </details>
      )}
      {study.licences.map((l) => (
        <p key={l.id}>{l.text}</p>
      ))}
      <p>
        <span title={study.fingerprint}>{t.foot.fingerprint(study.fingerprint)}</span> ·{' '}
        <a href="/method" onClick={(e) => follow(e, 'method')}>
          {t.places.method}
        </a>{' '}
        ·{' '}
        <a href="/accessibility" onClick={(e) => follow(e, 'accessibility')}>
          {t.places.accessibility}
        </a>
      </p>
    </footer>
  );
}
