// The graph of the real tensors, left to right: each op a box, each tensor that flows an edge.
import {Graph, layout} from '@dagrejs/dagre';
import {s} from './dom.js';
import {thumbnail} from './matrix.js';
import {gradient, shapeText, size} from './recording.js';

const WIDTH = 118;
const HEIGHT = 62;
const DATA_HEIGHT = 50;

/** Which box a node stands in: itself, or the outermost folded layer around it. */
function box(node, open) {
  const parts = node.group ? node.group.split('.') : [];
  for (let n = 1; n <= parts.length; n++) {
    const group = parts.slice(0, n).join('.');
    if (!open.has(group)) {
      return 'group:' + group;
    }
  }
  return String(node.id);
}

/** All layers that boxes may be folded into. */
export function groups(recording) {
  const out = new Set();
  for (const node of recording.nodes.values()) {
    const parts = node.group ? node.group.split('.') : [];
    for (let n = 1; n <= parts.length; n++) {
      out.add(parts.slice(0, n).join('.'));
    }
  }
  return out;
}

/** Draws the graph; pick(id) is called for a box, toggle(group) for a layer. */
export function draw(recording, open, {pick, toggle}) {
  const g = new Graph().setGraph({rankdir: 'LR', nodesep: 18, ranksep: 46, marginx: 12, marginy: 12});
  g.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map();
  for (const node of recording.nodes.values()) {
    const id = box(node, open);
    if (!boxes.has(id)) {
      boxes.set(id, []);
      const height = node.kind === 'op' || id.startsWith('group:') ? HEIGHT : DATA_HEIGHT;
      g.setNode(id, {width: WIDTH, height});
    }
    boxes.get(id).push(node);
  }
  for (const node of recording.nodes.values()) {
    node.inputs.forEach(input => {
      const from = box(recording.nodes.get(input), open);
      const to = box(node, open);
      if (from !== to) {
        g.setEdge(from, to);
      }
    });
  }
  layout(g);
  const {width, height} = g.graph();
  const edges = new Map();
  const edgeLayer = s('g', {});
  for (const e of g.edges()) {
    const path = g.edge(e).points.map((p, i) => `${i ? 'L' : 'M'}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('');
    const el = s('path', {d: path, class: 'edge', 'marker-end': 'url(#tip)'});
    edges.set(e.v + '>' + e.w, el);
    edgeLayer.append(el);
  }
  const nodeLayer = s('g', {});
  const drawn = new Map();
  for (const [id, members] of boxes) {
    const at = g.node(id);
    const el = id.startsWith('group:') ? folded(id.slice(6), members, at, toggle) : single(members[0], at, pick);
    drawn.set(id, el);
    nodeLayer.append(el);
  }
  const svg = s('svg', {viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height), class: 'graph', role: 'group', 'aria-label': 'graph of the computation'},
    s('defs', {}, s('marker', {id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse'}, s('path', {d: 'M0 0L8 4L0 8Z', class: 'tip'}))),
    edgeLayer, nodeLayer);
  return {svg, show: moment => light(recording, moment, open, boxes, drawn, edges)};
}

function frame(at, cls, label) {
  return s('g', {transform: `translate(${(at.x - at.width / 2).toFixed(1)} ${(at.y - at.height / 2).toFixed(1)})`, class: 'node ' + cls, tabindex: 0, role: 'button', 'aria-label': label},
    s('rect', {width: at.width, height: at.height, rx: 7, class: 'box'}));
}

function press(el, action) {
  el.addEventListener('click', action);
  el.addEventListener('keydown', e => {
    if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault();
      e.stopPropagation();
      action();
    }
  });
}

function single(node, at, pick) {
  const title = node.kind === 'op' ? node.op : node.name || (node.kind === 'data' ? 'data' : 'leaf');
  const el = frame(at, node.kind + (node.grad ? '' : ' light'), `${title}, ${shapeText(node.shape)}`);
  el.append(
    s('text', {x: 9, y: 19, class: 'title'}, title.length > 15 ? title.slice(0, 14) + '…' : title),
    s('text', {x: 9, y: at.height - 9, class: 'shape'}, shapeText(node.shape)),
    s('g', {class: 'thumb', transform: `translate(${at.width - 43} ${at.height - 33})`}));
  press(el, () => pick(node.id));
  return el;
}

function folded(group, members, at, toggle) {
  const ops = members.filter(n => n.kind === 'op').length;
  const el = frame(at, 'group', `layer ${group}, ${ops} steps, press to open`);
  const short = group.split('.').slice(-2).join('.');
  el.append(
    s('rect', {x: 3, y: -3, width: at.width - 6, height: 3, class: 'stack'}),
    s('text', {x: 9, y: 19, class: 'title'}, short.length > 15 ? short.slice(0, 14) + '…' : short),
    s('text', {x: 9, y: at.height - 9, class: 'shape'}, `${ops} steps, press to open`));
  press(el, () => toggle(group));
  return el;
}

/** Shows what is there at a moment: computed boxes, the gradient that has flowed, the one step now. */
function light(recording, moment, open, boxes, drawn, edges) {
  const now = recording.moments[moment];
  const flowed = new Map();
  const lit = new Set();
  let most = 0;
  for (let t = recording.turn + 1; t <= moment; t++) {
    const {node, step} = recording.moments[t];
    for (const edge of step.edges) {
      const key = box(recording.nodes.get(edge.to), open) + '>' + box(node, open);
      const amount = size(edge.share);
      flowed.set(key, Math.max(flowed.get(key) ?? 0, amount));
      most = Math.max(most, amount);
      if (t === moment) {
        lit.add(key);
      }
    }
  }
  if (now.kind === 'forward') {
    now.node.inputs.forEach(id => lit.add(box(recording.nodes.get(id), open) + '>' + box(now.node, open)));
  }
  for (const [key, el] of edges) {
    const amount = flowed.get(key);
    el.classList.toggle('lit', lit.has(key));
    el.classList.toggle('flowed', amount !== undefined);
    // Values run to the right, gradients to the left.
    el.setAttribute('marker-end', amount === undefined ? 'url(#tip)' : '');
    el.setAttribute('marker-start', amount === undefined ? '' : 'url(#tip)');
    el.style.strokeWidth = amount === undefined ? '' : (1 + 5 * (most > 0 ? amount / most : 0)).toFixed(2);
  }
  for (const [id, el] of drawn) {
    const members = boxes.get(id);
    const computed = members.some(n => n.computedAt <= Math.min(moment, recording.turn));
    el.classList.toggle('computed', computed);
    el.classList.toggle('now', members.some(n => n === now.node));
    const arrived = moment > recording.turn && members.some(n => gradient(recording, n, moment));
    el.classList.toggle('arrived', arrived);
    const thumb = el.querySelector('.thumb');
    if (thumb) {
      const node = members[0];
      const shown = arrived ? gradient(recording, node, moment) : computed ? node.value : null;
      thumb.replaceChildren(...(thumbnail(shown, 34, 24) ?? []).map(c => s('rect', {x: c.x, y: c.y, width: c.w, height: c.h, style: `fill:${c.fill}`})));
    }
  }
}
