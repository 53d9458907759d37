import { render } from 'preact';
import { App } from './app';
import { parseAddress } from './address';
import './style.scss';

// The library of the map is on its way while the first answers are.
const mapless = ['method', 'accessibility'];
const first = parseAddress(window.location.pathname, window.location.search);
if (first && !mapless.includes(first.place)) void import('./map/county-map');

const root = document.getElementById('app');
if (root) render(<App />, root);
