// A tensor as a table of tinted numbers: blue above zero, orange below. The learner points at one.
import {h} from './dom.js';
import {figure, shapeText, size} from './recording.js';

const MOST_NUMBERS = 12;
const MOST_SLICES = 4;

/** How a number is tinted beside the greatest of its tensor. */
export function tint(x, most) {
  const share = most > 0 && Number.isFinite(x) ? Math.min(1, Math.abs(x) / most) : 0;
  return `color-mix(in srgb, var(${x < 0 ? '--c2' : '--c1'}) ${Math.round(70 * share)}%, var(--ground))`;
}

/**
 * A tensor to look at.
 *
 * @param value {shape, data}, {shape, summary}, or null for what has not arrived
 * @param look {name, shape, lit: Set of "0,1", edited: Set of "0,1", chosen: "0,1", point(index), edit(index), check(index)}
 */
export function matrix(value, look) {
  const title = h('figcaption', {}, h('b', {}, look.name), ' ', h('span', {class: 'soft'}, shapeText(value?.shape ?? look.shape)));
  if (!value) {
    return h('figure', {class: 'matrix waiting'}, title, h('div', {class: 'none', 'aria-label': 'has not arrived yet'}, '–'));
  }
  if (value.overwritten) {
    return h('figure', {class: 'matrix'}, title, h('div', {class: 'soft'}, 'changed in place later, so these numbers are gone'));
  }
  if (value.untold) {
    return h('figure', {class: 'matrix'}, title, h('div', {class: 'soft'}, value.untold));
  }
  if (value.summary) {
    return h('figure', {class: 'matrix'}, title, summary(value.summary));
  }
  const [rows, columns] = last(value.shape);
  const slices = rows * columns === 0 ? 0 : value.data.length / (rows * columns);
  const most = size(value);
  const parts = [];
  for (let i = 0; i < Math.min(slices, MOST_SLICES); i++) {
    if (slices > 1) {
      parts.push(h('div', {class: 'soft slice'}, '[' + lead(i, value.shape).join(', ') + ']'));
    }
    parts.push(
      rows <= MOST_NUMBERS && columns <= MOST_NUMBERS
        ? table(value, i, rows, columns, most, look)
        : heat(value, i, rows, columns, most, look));
  }
  if (slices > MOST_SLICES) {
    parts.push(h('div', {class: 'soft'}, `… and ${slices - MOST_SLICES} more like these`));
  }
  return h('figure', {class: 'matrix'}, title, parts.length ? parts : h('div', {class: 'soft'}, 'empty'));
}

/** The sizes of the last two dimensions. */
function last(shape) {
  return shape.length === 0 ? [1, 1] : shape.length === 1 ? [1, shape[0]] : shape.slice(-2);
}

/** The place of the i-th slice in the dimensions before the last two. */
function lead(i, shape) {
  const out = [];
  for (let d = shape.length - 3; d >= 0; d--) {
    out.unshift(i % shape[d]);
    i = Math.floor(i / shape[d]);
  }
  return out;
}

/** The index of a cell as text, with as many numbers as the tensor has dimensions. */
function index(value, slice, row, column) {
  const n = value.shape.length;
  return n === 0 ? '' : n === 1 ? String(column) : [...lead(slice, value.shape), row, column].join(',');
}

function table(value, slice, rows, columns, most, look) {
  const body = h('tbody');
  for (let r = 0; r < rows; r++) {
    const tr = h('tr');
    for (let c = 0; c < columns; c++) {
      const x = value.data[(slice * rows + r) * columns + c];
      const at = index(value, slice, r, c);
      tr.append(
        h('td', {
          style: `background:${tint(x, most)}`,
          class: (look.lit?.has(at) ? 'lit ' : '') + (look.edited?.has(at) ? 'edited ' : '') + (look.chosen === at ? 'chosen' : ''),
          tabindex: look.point ? (look.chosen === at || (look.chosen == null && r + c + slice === 0) ? 0 : -1) : null,
          'data-at': at,
          'data-x': x,
          'aria-label': `${look.name} at ${at || 'its only place'}: ${figure(x)}${look.edited?.has(at) ? ', edited' : ''}`,
          onmouseenter: () => hovers() && look.point?.(at),
          onfocus: () => look.point?.(at),
          ondblclick: () => look.edit?.(at),
          onkeydown: e => move(e),
        }, figure(x)));
    }
    body.append(tr);
  }
  return h('table', {class: 'cells', role: 'grid', 'aria-label': look.name}, body);
}

/** Whether the element follows the pointer: not while a cell has the focus. */
function hovers() {
  return !document.activeElement?.closest?.('.panel td');
}

/** The arrow keys move inside a table; everywhere else they step in time. */
function move(e) {
  const cell = e.currentTarget;
  const row = cell.parentElement;
  const there = {
    ArrowLeft: () => cell.previousElementSibling,
    ArrowRight: () => cell.nextElementSibling,
    ArrowUp: () => row.previousElementSibling?.children[cell.cellIndex],
    ArrowDown: () => row.nextElementSibling?.children[cell.cellIndex],
  }[e.key];
  if (there) {
    e.stopPropagation();
    e.preventDefault();
    there()?.focus();
  }
}

/** Too many for numbers: a picture, one dot a number; the one under the pointer is told. */
function heat(value, slice, rows, columns, most, look) {
  const canvas = h('canvas', {width: columns, height: rows, class: 'heat', role: 'img', 'aria-label': `${look.name}, ${rows} by ${columns}`});
  const told = h('div', {class: 'soft told'}, 'point at a number');
  const style = getComputedStyle(document.documentElement);
  const up = rgb(style.getPropertyValue('--c1'));
  const down = rgb(style.getPropertyValue('--c2'));
  const ground = rgb(style.getPropertyValue('--ground'));
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const x = value.data[slice * rows * columns + i];
    const share = most > 0 && Number.isFinite(x) ? Math.abs(x) / most : 0;
    for (let k = 0; k < 3; k++) {
      image.data[4 * i + k] = ground[k] + ((x < 0 ? down : up)[k] - ground[k]) * share;
    }
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  canvas.addEventListener('mousemove', e => {
    const box = canvas.getBoundingClientRect();
    const c = Math.min(columns - 1, Math.floor(((e.clientX - box.left) / box.width) * columns));
    const r = Math.min(rows - 1, Math.floor(((e.clientY - box.top) / box.height) * rows));
    const at = index(value, slice, r, c);
    told.textContent = `[${at.replaceAll(',', ', ')}] = ${figure(value.data[(slice * rows + r) * columns + c])}`;
    look.point?.(at);
  });
  return h('div', {}, canvas, told);
}

function rgb(hex) {
  const n = parseInt(hex.trim().slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** What is told of a tensor too large to keep whole. */
function summary(of) {
  const most = Math.max(...of.histogram, 1);
  return h('div', {class: 'summary'},
    h('div', {class: 'soft'}, 'too large to keep whole; what it is like:'),
    h('div', {class: 'bars', role: 'img', 'aria-label': `histogram from ${figure(of.min)} to ${figure(of.max)}`},
      of.histogram.map(n => h('i', {style: `height:${Math.round((36 * n) / most)}px`}))),
    h('div', {}, `from ${figure(of.min)} to ${figure(of.max)}, mean ${figure(of.mean)}, deviation ${figure(of.std)}`),
    h('div', {class: 'corners'}, of.corners.map(corner => h('table', {class: 'cells'}, h('tbody', {}, corner.map(row => h('tr', {}, row.map(x => h('td', {style: `background:${tint(Number(x), Math.max(Math.abs(Number(of.min)), Math.abs(Number(of.max))))}`}, figure(x))))))))),
    h('div', {class: 'soft'}, 'its four corners'));
}

/** A small picture of a value for a node: at most 8 by 8 tints. */
export function thumbnail(value, width, height) {
  if (!value?.data || value.data.length === 0) {
    return null;
  }
  const [rows, columns] = last(value.shape);
  const most = size(value);
  const n = Math.min(8, columns);
  const m = Math.min(6, rows);
  const cells = [];
  for (let r = 0; r < m; r++) {
    for (let c = 0; c < n; c++) {
      const x = value.data[Math.floor((r * rows) / m) * columns + Math.floor((c * columns) / n)];
      cells.push({x: (c * width) / n, y: (r * height) / m, w: width / n, h: height / m, fill: tint(x, most)});
    }
  }
  return cells;
}
