// Colours of points by a column of metadata: eight that colour-blind people tell apart, or one scale for numbers.
import {h} from './dom.js';

const LIGHT = ['#0072b2', '#d55e00', '#00805d', '#b0498a', '#8a6d00', '#3a9bd9', '#7a3b00', '#5b4bb5'];
const DARK = ['#5bb8f0', '#ff9552', '#3ccf9f', '#ee9ecb', '#f0e442', '#a3d8ff', '#d9a066', '#b3a6ff'];
const SCALE = ['#00204d', '#31446b', '#666970', '#958f78', '#cbba69', '#ffea46']; // cividis
const DARK_SCALE = ['#4468b4', '#5d7096', '#7d7f85', '#a29a77', '#d0be63', '#ffea46']; // its low end lifted off the dark ground
const STEPS = 32;

export const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;

export const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));

/** A colour variable of the page. */
export const variable = name => rgb(getComputedStyle(document.documentElement).getPropertyValue(name).trim());

function ramp(t) {
  const scale = dark() ? DARK_SCALE : SCALE, x = Math.max(0, Math.min(1, t)) * (scale.length - 1), i = Math.min(scale.length - 2, Math.floor(x));
  const a = rgb(scale[i]), b = rgb(scale[i + 1]);
  return a.map((v, c) => Math.round(v + (b[c] - v) * (x - i)));
}

const css = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** Which colour each point has, the colours, and what they mean. */
export function colouring(column, n, only, isolate) {
  if (!column) {
    return {index: new Uint8Array(n), palette: [variable('--c1')], legend: null};
  }
  const numbers = column.values.map(v => (v.trim() === '' ? NaN : Number(v)));
  const told = column.values.filter((v, i) => v.trim() !== '' && !Number.isNaN(numbers[i])).length;
  const different = new Set(column.values);
  return told > 0 && told >= column.values.filter(v => v.trim() !== '').length && different.size > 2 ? numeric(column, numbers) : categories(column, different, only, isolate);
}

function numeric(column, numbers) {
  const finite = numbers.filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity), most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const index = Uint8Array.from(numbers, x => (Number.isFinite(x) ? Math.round(((x - least) / (most - least || 1)) * (STEPS - 1)) : STEPS));
  const palette = [...Array.from({length: STEPS}, (_, i) => ramp(i / (STEPS - 1))), variable('--rule')];
  const legend = h('div', {class: 'legend', role: 'img', 'aria-label': `${column.name}: from ${least} (blue) to ${most} (yellow)`},
    h('div', {class: 'ramp', style: `background:linear-gradient(to right, ${(dark() ? DARK_SCALE : SCALE).join(', ')})`}),
    h('div', {class: 'ends'}, h('span', {}, String(least)), h('span', {}, String(most))));
  return {index, palette, legend};
}

function categories(column, different, only, isolate) {
  const counts = new Map([...different].map(v => [v, 0]));
  column.values.forEach(v => counts.set(v, counts.get(v) + 1));
  const colours = dark() ? DARK : LIGHT;
  const shown = [...counts].sort((a, b) => b[1] - a[1]).slice(0, counts.size > colours.length ? colours.length - 1 : colours.length).map(([v]) => v);
  const place = new Map(shown.map((v, i) => [v, i]));
  const index = Uint8Array.from(column.values, v => place.get(v) ?? shown.length);
  const rest = column.values.length - shown.reduce((sum, v) => sum + counts.get(v), 0);
  const palette = [...shown.map((_, i) => rgb(colours[i])), variable('--soft')];
  const entry = (i, name, count) => h('button', {type: 'button', 'aria-pressed': String(only === i), title: only === i ? 'show all' : 'show only these', onclick: () => isolate(only === i ? -1 : i)},
    h('i', {style: `background:${css(palette[i])}`}), h('span', {}, name === '' ? '(none)' : name), h('span', {class: 'soft'}, ` ${count}`));
  const legend = h('div', {class: 'legend', role: 'group', 'aria-label': `colours of ${column.name}`},
    shown.map((v, i) => entry(i, v, counts.get(v))), rest > 0 && entry(shown.length, `${counts.size - shown.length} others`, rest));
  return {index, palette, legend};
}
