// What this step does: in words, as a formula, and with the numbers of the element one points at.
import {h} from './dom.js';
import {matrix} from './matrix.js';
import {figure, gradient, shapeText, shares} from './recording.js';
import {sentence, termsAt, touched} from './terms.js';

const LETTERS = 'ABDEFGHIJK';

/** The letter of the k-th input, as formulas write it. */
function letter(k) {
  return LETTERS[k] ?? '?';
}

function called(node) {
  return node.name || (node.kind === 'op' ? node.op : node.kind === 'data' ? 'data' : 'leaf');
}

function at(value, index) {
  return value.data[index === '' ? 0 : index.split(',').reduce((sum, i, d) => sum * value.shape[d] + Number(i), 0)];
}

/** The panel at a moment; `pointed` remembers what the learner points at. */
export function panel(recording, moment, pointed, repaint) {
  const now = recording.moments[moment];
  if (now.kind === 'start') {
    return start(recording);
  }
  return now.kind === 'forward' ? forward(now.node, pointed, repaint, recording) : backward(recording, moment, pointed, repaint);
}

function start(recording) {
  const ops = recording.turn;
  return h('section', {},
    h('h2', {}, 'Before anything is computed'),
    h('p', {}, `On the left stand the numbers that are given: data and parameters. ${ops} ${ops === 1 ? 'step leads' : 'steps lead'} from them to the loss; then the walk goes back, and tells each parameter how the loss would change if it grew.`),
    h('p', {class: 'hint'}, 'Press → for the first step, ← to go back.'));
}

function operands(recording, node, lit, extra = []) {
  return h('div', {class: 'matrices'},
    node.inputs.map((id, k) => {
      const input = recording.nodes.get(id);
      return matrix(input.value, {name: `${letter(k)} = ${called(input)}`, shape: input.shape, lit: lit.get(letter(k))});
    }),
    extra);
}

function forward(node, pointed, repaint, recording) {
  const chosen = pointed.get('C', node);
  const found = chosen == null ? null : termsAt(node.terms, chosen, node.shape);
  const lit = touched(found);
  return h('section', {},
    h('h2', {}, node.op, ' ', h('span', {class: 'soft'}, '→ ' + shapeText(node.shape))),
    node.params ? h('p', {class: 'soft'}, node.params) : null,
    node.words ? h('p', {class: 'words'}, node.words) : null,
    operands(recording, node, lit),
    h('div', {class: 'matrices'}, matrix(node.value, {name: node === recording.loss ? 'C, the loss' : 'C', chosen, point: i => repaint('C', node, i)})),
    chosen != null && node.value.data ? sentence('C', chosen, found, at(node.value, chosen)) : h('p', {class: 'hint'}, 'Point at a number of C to see what it is made of.'));
}

function backward(recording, moment, pointed, repaint) {
  const {node, step} = recording.moments[moment];
  const all = new Map();
  const edges = step.edges.map((edge, i) => {
    const key = edge.name + i;
    const chosen = pointed.get(key, step);
    const found = chosen == null ? null : termsAt(edge.terms, chosen, edge.share.shape);
    touched(found).forEach((cells, l) => all.set(l, new Set([...(all.get(l) ?? []), ...cells])));
    const target = recording.nodes.get(edge.to);
    return h('article', {class: 'share'},
      h('h3', {}, h('span', {class: 'formula'}, `${edge.name} = ${edge.formula}`), ' ', h('span', {class: 'soft'}, 'for ' + called(target))),
      h('div', {class: 'matrices'}, matrix(edge.share, {name: edge.name, chosen, point: n => repaint(key, step, n)})),
      chosen != null && edge.share.data ? sentence(edge.name, chosen, found, at(edge.share, chosen)) : h('p', {class: 'hint'}, `Point at a number of ${edge.name} to see where it comes from.`),
      arrivals(recording, target, moment));
  });
  const title = node.kind === 'op' ? ['Back through ', node.op] : ['The gradient of ', called(node), ' is there'];
  return h('section', {},
    h('h2', {}, title, ' ', h('span', {class: 'soft'}, '→ ' + shapeText(node.shape))),
    step.words ? h('p', {class: 'words'}, step.words) : null,
    h('div', {class: 'matrices'}, matrix(step.incoming, {name: 'dC, how the loss changes with each number of C', lit: all.get('dC')})),
    operands(recording, node, all, [matrix(node.value, {name: 'C', shape: node.shape, lit: all.get('C')})]),
    edges);
}

/** The sum over consumers, filling up: why a tensor that is used twice waits for both. */
function arrivals(recording, node, moment) {
  const expected = node.consumers.filter(id => recording.nodes.get(id).grad).length;
  const come = shares(recording, node, moment);
  if (expected < 2) {
    return null;
  }
  const sum = gradient(recording, node, moment);
  const single = sum?.data?.length === 1;
  const parts = come.map(({from, edge}) => (single ? `${figure(edge.share.data[0])} from ${from.op}` : `from ${from.op}`));
  return h('p', {class: 'sum'},
    `${called(node)} is used ${expected} times, so shares add up: ${parts.join(' + ')}`,
    single ? ` = ${figure(sum.data[0])}` : '',
    come.length < expected ? h('b', {}, `; ${expected - come.length} still to come`) : h('b', {}, '; all have come'));
}

/** The step in one sentence, for those who hear the page. */
export function spoken(recording, moment) {
  const now = recording.moments[moment];
  if (now.kind === 'start') {
    return 'Before anything is computed.';
  }
  const where = `Step ${moment} of ${recording.moments.length - 1}, `;
  return now.kind === 'forward'
    ? `${where}forward: ${now.node.op} gives ${shapeText(now.node.shape)}.`
    : now.step.edges.length === 0
      ? `${where}the gradient of ${called(now.node)} is there.`
      : `${where}back through ${now.node.op}: gradients for ${now.step.edges.map(e => called(recording.nodes.get(e.to))).join(' and ')}.`;
}
