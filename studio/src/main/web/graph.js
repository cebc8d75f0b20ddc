// The graph of the real tensors, left to right: each op a box, each tensor that flows an edge.
import {Graph, layout} from '@dagrejs/dagre';
import {h, s} from './dom.js';
import {box} from './layers.js';
import {thumbnail} from './matrix.js';
import {figure, gradient, shapeText, size} from './recording.js';

const WIDTH = 118;
const HEIGHT = 62;
const DATA_HEIGHT = 50;

/**
 * Draws the graph.
 *
 * @param known the layers
 * @param does pick(id) for a box, toggle(group) for a layer, and, where edges can be cut, cut(from, to) for an edge
 */
export function draw(recording, open, known, does) {
  const g = new Graph().setGraph({rankdir: 'LR', nodesep: 18, ranksep: 46, marginx: 12, marginy: 12});
  g.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map();
  const boxOf = new Map([...recording.nodes.values()].map(node => [node.id, box(node, open, known)]));
  for (const node of recording.nodes.values()) {
    const id = boxOf.get(node.id);
    if (!boxes.has(id)) {
      boxes.set(id, []);
      const height = node.kind === 'op' || id.startsWith('group:') ? HEIGHT : DATA_HEIGHT;
      g.setNode(id, {width: WIDTH, height});
    }
    boxes.get(id).push(node);
  }
  for (const node of recording.nodes.values()) {
    node.inputs.forEach(input => {
      const [from, to] = [boxOf.get(input), boxOf.get(node.id)];
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
    const told = s('title', {});
    const hit = s('path', {d: path, class: 'hit', 'data-hit': ''}, told);
    const cuts = does.cut && ![e.v, e.w].some(end => end.startsWith('group:')) && recording.nodes.get(Number(e.v)).grad;
    if (cuts) {
      hit.classList.add('cuts');
      hit.addEventListener('click', () => does.cut(Number(e.v), Number(e.w)));
    }
    edges.set(e.v + '>' + e.w, {el, told, cuts});
    edgeLayer.append(el, hit);
  }
  const nodeLayer = s('g', {});
  const drawn = new Map();
  for (const [id, members] of boxes) {
    const at = g.node(id);
    const el = id.startsWith('group:') ? folded(id.slice(6), members, at, known, does.toggle) : single(members[0], at, does.pick);
    drawn.set(id, el);
    nodeLayer.append(el);
  }
  const svg = s('svg', {viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height), class: 'graph', role: 'group', 'aria-label': 'graph of the computation'},
    s('defs', {}, s('marker', {id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse'}, s('path', {d: 'M0 0L8 4L0 8Z', class: 'tip'}))),
    edgeLayer, nodeLayer);
  return {svg, show: (shown, moment, isCut) => light(shown, moment, id => boxOf.get(id), boxes, drawn, edges, isCut)};
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

function short(text) {
  return text.length > 15 ? text.slice(0, 14) + '…' : text;
}

function single(node, at, pick) {
  const title = node.kind === 'op' ? node.op : node.name || (node.kind === 'data' ? 'data' : 'leaf');
  const el = frame(at, node.kind + (node.grad ? '' : ' light'), `${[title, node.kind === 'op' ? node.name : null].filter(Boolean).join(' ')}, ${shapeText(node.shape)}`);
  el.append(
    s('text', {x: 9, y: 19, class: 'title'}, short(title)),
    node.kind === 'op' && node.name ? s('text', {x: 9, y: 35, class: 'shape'}, short(node.name)) : '',
    s('text', {x: 9, y: at.height - 9, class: 'shape'}, shapeText(node.shape)),
    s('g', {class: 'thumb', transform: `translate(${at.width - 43} ${at.height - 33})`}));
  press(el, () => pick(node.id));
  return el;
}

function folded(group, members, at, known, toggle) {
  const ops = members.filter(n => n.kind === 'op').length;
  const stack = known.stacks.get(group);
  const each = stack ? ops / stack.count : ops;
  const steps = `${each} ${each === 1 ? 'step' : 'steps'}`;
  const el = frame(at, 'group', stack ? `${stack.count} layers of one shape, ${group}, ${steps} each, press to see each` : `layer ${group}, ${steps}, press to open`);
  const short = group.split('.').slice(-2).join('.');
  el.append(
    s('rect', {x: 3, y: -3, width: at.width - 6, height: 3, class: 'stack'}),
    stack ? s('rect', {x: 6, y: -6, width: at.width - 12, height: 3, class: 'stack'}) : '',
    s('text', {x: 9, y: 19, class: 'title'}, short.length > 15 ? '…' + short.slice(-14) : short),
    stack ? s('text', {x: at.width - 9, y: 38, class: 'times', 'text-anchor': 'end'}, `× ${stack.count}`) : '',
    s('text', {x: 9, y: at.height - 9, class: 'shape'}, stack ? `${steps} each` : `${steps}, open`));
  press(el, () => toggle(group));
  return el;
}

/** How thick a line is: a power of ten is a step, and four below the largest it is a hair. */
function thickness(amount, most) {
  return amount > 0 ? 1 + 5 * Math.max(0, 1 + Math.log10(amount / most) / 4) : 0.6;
}

/**
 * Shows what is there at a moment: computed boxes, the gradient that has flowed, the one step now.
 *
 * @returns {most, least} of the gradients that have flowed, or null
 */
function light(recording, moment, boxOf, boxes, drawn, edges, isCut) {
  const now = recording.moments[moment];
  const flowed = new Map();
  const lit = new Set();
  for (let t = recording.turn + 1; t <= moment; t++) {
    const {node, step} = recording.moments[t];
    for (const edge of step.edges) {
      const key = boxOf(edge.to) + '>' + boxOf(node.id);
      flowed.set(key, Math.max(flowed.get(key) ?? 0, size(edge.share)));
      if (t === moment) {
        lit.add(key);
      }
    }
  }
  if (now.kind === 'forward') {
    now.node.inputs.forEach(id => lit.add(boxOf(id) + '>' + boxOf(now.node.id)));
  }
  const amounts = [...flowed].filter(([key]) => edges.has(key)).map(([, amount]) => amount);
  const most = Math.max(0, ...amounts);
  for (const [key, {el, told, cuts}] of edges) {
    const amount = flowed.get(key);
    const [from, to] = key.split('>').map(Number);
    const cut = Boolean(cuts && isCut?.(to, from));
    el.classList.toggle('lit', lit.has(key));
    el.classList.toggle('flowed', amount !== undefined);
    el.classList.toggle('cut', cut);
    // Values run to the right, gradients to the left.
    el.setAttribute('marker-end', amount === undefined ? 'url(#tip)' : '');
    el.setAttribute('marker-start', amount === undefined ? '' : 'url(#tip)');
    el.style.strokeWidth = amount === undefined ? '' : thickness(amount, most).toFixed(2);
    told.textContent = [
      amount === undefined ? '' : `largest gradient here: ${figure(amount)}`,
      cut ? 'cut: no gradient flows here. Press to join it again' : cuts ? 'press to cut: no gradient will flow here' : '',
    ].filter(Boolean).join('; ');
  }
  for (const [id, el] of drawn) {
    const members = boxes.get(id).map(n => recording.nodes.get(n.id)).filter(Boolean);
    const computed = members.some(n => n.computedAt <= Math.min(moment, recording.turn));
    el.classList.toggle('computed', computed);
    el.classList.toggle('now', members.includes(now.node));
    const arrived = moment > recording.turn && members.some(n => gradient(recording, n, moment));
    el.classList.toggle('arrived', arrived);
    const thumb = el.querySelector('.thumb');
    if (thumb) {
      const node = members[0];
      const shown = arrived ? gradient(recording, node, moment) : computed ? node.value : null;
      if (thumb.shown !== shown) {
        thumb.shown = shown;
        thumb.replaceChildren(...(thumbnail(shown, 34, 24) ?? []).map(c => s('rect', {x: c.x, y: c.y, width: c.w, height: c.h, style: `fill:${c.fill}`})));
      }
    }
  }
  return amounts.length ? {most, least: Math.min(...amounts)} : null;
}

/** What the thickness of a line says, and whether gradients vanish or explode on their way. */
export function legend(flow, difference) {
  if (!flow || !(flow.most > 0)) {
    return [];
  }
  const line = share => s('svg', {width: 24, height: 8, 'aria-hidden': 'true'}, s('line', {x1: 0, x2: 24, y1: 4, y2: 4, class: 'edge flowed', style: `stroke-width:${thickness(share, 1)}`}));
  const powers = flow.least > 0 ? Math.round(Math.log10(flow.most / flow.least)) : 0;
  const says = difference
    ? ''
    : flow.most > 1e3
      ? 'some gradients are huge: they explode'
      : flow.least === 0
        ? 'on some edges all of it is 0'
        : powers >= 4
          ? `the weakest, ${figure(flow.least)}, is ${powers} powers of ten smaller: it vanishes`
          : '';
  return [
    difference ? 'largest change of a gradient: ' : 'largest gradient on an edge: ',
    ...[1, 1e-2, 1e-4].flatMap(share => [line(share), ` ${figure(flow.most * share)} `]),
    ...(says ? [h('b', {}, says)] : []),
  ];
}
