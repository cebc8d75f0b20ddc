// The map itself: points as pixels (a hundred thousand in a few milliseconds, without WebGL), names and arrows above.
import {quadtree} from 'd3-quadtree';
import {select} from 'd3-selection';
import {zoom, zoomIdentity} from 'd3-zoom';
import {h, s} from './dom.js';
import {variable} from './map-colour.js';
import {labels} from './map-labels.js';

const NEAR = 14; // pixels from a point within which it is meant
const MARGIN = 36;
const DIM = 0.2;

export function plot(words, {pick, moved}) {
  const canvas = h('canvas', {'aria-hidden': 'true'});
  const arrowGroup = s('g', {class: 'arrows'}), markGroup = s('g', {class: 'marks'}), labelGroup = s('g', {class: 'labels'});
  const tip = s('text', {class: 'tip'});
  const svg = s('svg', {role: 'img', tabindex: 0, 'aria-label': 'map of words: drag or arrow keys move it, + and − or the wheel zoom, 0 shows all'},
    s('defs', {}, ['analogy', 'move'].map(kind => s('marker', {id: 'head-' + kind, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse'}, s('path', {d: 'M0 0L8 4L0 8z', class: 'head ' + kind})))),
    arrowGroup, markGroup, labelGroup, tip);
  const box = h('div', {class: 'map-box'}, canvas, svg);
  let width = 1, height = 1, ratio = 1, image = null, pixels = null;
  let places = new Float32Array(0), n = 0, colours = null, only = -1, view = null, tree = null, fit = {k: 1, x: 0, y: 0};
  let t = zoomIdentity, marks = [], arrows = [], due = false, radius = 2, still = true;

  const zooming = zoom().scaleExtent([0.5, 2000]).on('start zoom end', e => {
    t = e.transform;
    still = e.type === 'end';
    render();
    if (e.type === 'end') {
      moved(t);
    }
  });
  const area = select(svg).call(zooming).on('dblclick.zoom', null);

  /** Where a point is on the screen. */
  const sx = row => t.applyX(fit.x + places[2 * row] * fit.k);
  const sy = row => t.applyY(fit.y - places[2 * row + 1] * fit.k);
  const there = row => Number.isFinite(places[2 * row]) && Number.isFinite(places[2 * row + 1]);
  const names = labels(labelGroup, words, {x: sx, y: sy, there});

  function size() {
    const rect = box.getBoundingClientRect();
    if (rect.width < 1 || rect.height < 1) {
      return;
    }
    width = rect.width;
    height = rect.height;
    ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    image = canvas.getContext('2d', {alpha: false}).createImageData(canvas.width, canvas.height);
    pixels = new Uint32Array(image.data.buffer);
    Object.entries({viewBox: `0 0 ${width} ${height}`, width, height}).forEach(([name, value]) => svg.setAttribute(name, value));
    zooming.extent([[0, 0], [width, height]]);
    scale();
    render();
  }

  function scale() {
    let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
    for (let row = 0; row < n; row++) {
      if (there(row)) {
        x0 = Math.min(x0, places[2 * row]);
        x1 = Math.max(x1, places[2 * row]);
        y0 = Math.min(y0, places[2 * row + 1]);
        y1 = Math.max(y1, places[2 * row + 1]);
      }
    }
    if (!(x0 <= x1)) {
      fit = {k: 1, x: width / 2, y: height / 2};
      return;
    }
    const k = Math.min((width - 2 * MARGIN) / (x1 - x0 || 1e-9), (height - 2 * MARGIN) / (y1 - y0 || 1e-9));
    fit = {k: Number.isFinite(k) && k > 0 ? Math.min(k, 1e9) : 1, x: 0, y: 0};
    fit.x = width / 2 - ((x0 + x1) / 2) * fit.k;
    fit.y = height / 2 + ((y0 + y1) / 2) * fit.k;
  }

  /** A small disc: for each pixel of it where it lies and how much it covers. */
  function disc(r) {
    const stamp = [];
    for (let dy = -Math.ceil(r); dy <= Math.ceil(r); dy++) {
      for (let dx = -Math.ceil(r); dx <= Math.ceil(r); dx++) {
        const cover = Math.max(0, Math.min(1, r + 0.5 - Math.hypot(dx, dy)));
        if (cover > 0.05) {
          stamp.push([dx, dy, cover]);
        }
      }
    }
    return stamp;
  }

  function points() {
    const ground = variable('--ground');
    const word = ([r, g, b]) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
    const mix = (c, a) => c.map((v, i) => Math.round(v * a + ground[i] * (1 - a)));
    pixels.fill(word(ground));
    const zoomed = Math.min(2.5, Math.sqrt(t.k));
    const stamp = disc(radius * Math.max(0.8, zoomed) * ratio);
    const w = canvas.width, high = canvas.height, edge = Math.ceil(radius * 2.5 * ratio) + 1;
    const kx = t.k * fit.k * ratio, ox = (t.x + t.k * fit.x) * ratio, ky = -t.k * fit.k * ratio, oy = (t.y + t.k * fit.y) * ratio;
    for (let pass = only >= 0 ? 0 : 1; pass < 2; pass++) { // those that do not count now lie below
      const shades = colours.palette.map(c => stamp.map(([, , a]) => word(mix(c, a * (pass === 0 ? DIM : 1)))));
      const offsets = stamp.map(([dx, dy]) => dy * w + dx), full = stamp.map(([, , a]) => a >= 1);
      for (let row = n - 1; row >= 0; row--) { // the first words on top
        if (only >= 0 && (colours.index[row] === only) === (pass === 0)) {
          continue;
        }
        const x = Math.round(places[2 * row] * kx + ox), y = Math.round(places[2 * row + 1] * ky + oy);
        if (!(x >= edge && y >= edge && x < w - edge && y < high - edge)) {
          continue;
        }
        const shade = shades[colours.index[row]], at = y * w + x, base = pixels[0];
        for (let i = 0; i < offsets.length; i++) {
          if (full[i] || pixels[at + offsets[i]] === base) {
            pixels[at + offsets[i]] = shade[i];
          }
        }
      }
    }
    canvas.getContext('2d', {alpha: false}).putImageData(image, 0, 0);
  }

  function overlay() {
    arrowGroup.replaceChildren(...arrows.filter(a => there(a.from) && there(a.to)).map(a =>
      s('line', {class: 'arrow ' + a.kind, x1: sx(a.from), y1: sy(a.from), x2: sx(a.to), y2: sy(a.to), 'marker-end': `url(#head-${a.kind})`, 'data-from': a.from, 'data-to': a.to})));
    markGroup.replaceChildren(...marks.filter(m => there(m.row)).map(m =>
      s('circle', {class: 'mark ' + m.kind, cx: sx(m.row), cy: sy(m.row), r: m.kind === 'chosen' ? 8 : 5.5, 'data-row': m.row})));
  }

  function render() {
    if (!due) {
      due = true;
      requestAnimationFrame(() => {
        due = false;
        if (!pixels || !colours) {
          return;
        }
        points();
        overlay();
        still ? names.lay(width, height, n, marks, arrows, only >= 0 ? row => colours.index[row] === only : null) : names.move();
        box.dataset.frames = Number(box.dataset.frames ?? 0) + 1;
      });
    }
  }

  function under(e) {
    const rect = svg.getBoundingClientRect();
    const [x, y] = t.invert([e.clientX - rect.left, e.clientY - rect.top]);
    tree ??= quadtree().x(row => fit.x + places[2 * row] * fit.k).y(row => fit.y - places[2 * row + 1] * fit.k)
      .addAll(Array.from({length: n}, (_, row) => row).filter(row => there(row) && (only < 0 || colours.index[row] === only)));
    return tree.find(x, y, NEAR / t.k);
  }

  svg.addEventListener('pointermove', e => {
    if (e.buttons) {
      return;
    }
    const row = under(e);
    svg.classList.toggle('over', row != null);
    tip.textContent = row == null ? '' : words[row];
    if (row != null) {
      tip.setAttribute('x', Math.min(width - 8, Math.max(8, sx(row))));
      tip.setAttribute('y', Math.max(16, sy(row) - 12));
    }
  });
  svg.addEventListener('pointerleave', () => (tip.textContent = ''));
  svg.addEventListener('click', e => {
    const row = under(e);
    if (row != null && !e.defaultPrevented) {
      pick(row);
    }
  });
  svg.addEventListener('keydown', e => {
    const step = {ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60]}[e.key];
    if (step) {
      area.call(zooming.translateBy, step[0] / t.k, step[1] / t.k);
    } else if (e.key === '+' || e.key === '=') {
      area.call(zooming.scaleBy, 1.5);
    } else if (e.key === '-') {
      area.call(zooming.scaleBy, 1 / 1.5);
    } else if (e.key === '0') {
      area.call(zooming.transform, zoomIdentity);
    } else {
      return;
    }
    e.preventDefault();
    e.stopPropagation();
  });
  new ResizeObserver(size).observe(box);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);

  return {
    el: box,
    svg,
    /** Places x and y of each point in turn; keep leaves scale and view as they are. */
    show(next, keep = false) {
      places = next;
      n = next.length / 2;
      tree = null;
      radius = n > 20000 ? 1.1 : n > 3000 ? 1.7 : n > 300 ? 2.6 : 3.6;
      if (!keep) {
        scale();
      }
      render();
    },
    colour(next, isolate) {
      colours = next;
      only = isolate;
      tree = null;
      render();
    },
    mark(nextMarks, nextArrows) {
      marks = nextMarks;
      arrows = nextArrows;
      render();
    },
    view: (k, x, y) => area.call(zooming.transform, zoomIdentity.translate(x, y).scale(k)),
    /** Brings a point into the middle, if it is not to be seen. */
    reveal(row) {
      if (there(row) && !(sx(row) > 30 && sx(row) < width - 30 && sy(row) > 30 && sy(row) < height - 30)) {
        area.call(zooming.translateTo, fit.x + places[2 * row] * fit.k, fit.y - places[2 * row + 1] * fit.k);
      }
    },
    zoom: factor => area.call(zooming.scaleBy, factor),
    all: () => area.call(zooming.transform, zoomIdentity),
    places: () => places,
    /** The points as a picture below the names and arrows, as long as something is done with it. */
    async whole(does) {
      const image = s('image', {href: canvas.toDataURL(), width, height});
      svg.insertBefore(image, arrowGroup);
      try {
        await does(svg);
      } finally {
        image.remove();
      }
    },
  };
}
