// What this step does: in words, as a formula, and with the numbers of the element one points at.
import {h} from './dom.js';
import {matrix} from './matrix.js';
import {called, figure, flat, gradient, shapeText, shares} from './recording.js';
import {formula} from './symbols.js';
import {sentence, termsAt, touched} from './terms.js';

const LETTERS = 'ABDEFGHIJK';

/** The letter of the k-th input, as formulas write it. */
function letter(k) {
  return LETTERS[k] ?? '?';
}

/**
 * The panel at a moment.
 *
 * @param pointed remembers what the learner points at
 * @param repaint (key, owner, index, target): the learner points at another number; a target is {node, kind}
 * @param edits what can be edited, null where nothing can: {cells(node, kind), edit(target, index), tools(moment)}
 */
export function panel(recording, moment, pointed, repaint, edits) {
  const now = recording.moments[moment];
  if (now.kind === 'start') {
    return start(recording);
  }
  const looks = {recording, pointed, repaint, edits};
  return now.kind === 'forward' ? forward(now.node, looks) : backward(moment, looks);
}

/** How to look at numbers that can be pointed at. */
function pointing({pointed, repaint, edits}, key, owner, target) {
  return {
    chosen: pointed.get(key, owner),
    edited: edits?.cells(target.node, target.kind),
    point: at => repaint(key, owner, at, target),
    edit: edits && (at => edits.edit(target, at)),
  };
}

function start(recording) {
  const ops = recording.turn;
  return h('section', {},
    h('h2', {}, 'Before anything is computed'),
    h('p', {}, `On the left stand the numbers that are given: data and parameters. ${ops} ${ops === 1 ? 'step leads' : 'steps lead'} from them to the loss; then the walk goes back, and tells each parameter how the loss would change if it grew.`),
    h('p', {class: 'hint'}, 'Press → for the first step, ← to go back.'));
}

/** The inputs; they are pointed at only where they can be edited. */
function operands(looks, node, owner, lit, extra = []) {
  return h('div', {class: 'matrices'},
    node.inputs.map((id, k) => {
      const input = looks.recording.nodes.get(id);
      const point = looks.edits ? pointing(looks, 'input' + k, owner, {node: id, kind: 'number'}) : {};
      return matrix(input.value, {...point, name: `${letter(k)} = ${called(input)}`, shape: input.shape, lit: lit.get(letter(k))});
    }),
    extra);
}

function forward(node, looks) {
  const {recording, pointed} = looks;
  const owner = 'forward ' + node.id;
  const chosen = pointed.get('C', owner);
  const found = chosen == null ? null : termsAt(node.terms, chosen, node.shape);
  const lit = touched(found);
  const point = pointing(looks, 'C', owner, {node: node.id, kind: 'number'});
  return h('section', {},
    h('h2', {}, node.op, ' ', h('span', {class: 'soft'}, '→ ' + shapeText(node.shape))),
    node.params ? h('p', {class: 'soft'}, node.params) : null,
    node.words ? h('p', {class: 'words'}, node.words) : null,
    operands(looks, node, owner, lit),
    h('div', {class: 'matrices'}, matrix(node.value, {...point, shape: node.shape, name: node === recording.loss ? 'C, the loss' : 'C'})),
    told('C', chosen, found, node.value, recording, 'Point at a number of C to see what it is made of.'),
    point.edited?.size ? h('p', {class: 'edited-note'}, 'The marked number was set by hand: the program goes on with it.') : null);
}

function told(name, chosen, found, value, recording, hint) {
  return recording.difference || (value && !value.data) ? null : chosen != null && value?.data ? sentence(name, chosen, found, value.data[flat(chosen, value.shape)]) : h('p', {class: 'hint'}, hint);
}

function backward(moment, looks) {
  const {recording, pointed, edits} = looks;
  const {node, step} = recording.moments[moment];
  const owner = 'backward ' + node.id;
  const all = new Map();
  const shown = step.edges.map((edge, i) => {
    const key = edge.name + i;
    const chosen = pointed.get(key, owner);
    const found = chosen == null ? null : termsAt(edge.terms, chosen, edge.shape);
    touched(found).forEach((cells, l) => all.set(l, new Set([...(all.get(l) ?? []), ...cells])));
    const target = recording.nodes.get(edge.to);
    return h('article', {class: 'share'},
      h('h3', {}, formula(`${edge.name} = ${edge.formula}`), ' ', h('span', {class: 'soft'}, 'for ' + called(target))),
      h('div', {class: 'matrices'}, matrix(edge.share, {...pointing(looks, key, owner, {node: edge.to, kind: 'gradient'}), edited: null, name: edge.name, shape: edge.shape})),
      told(edge.name, chosen, found, edge.share, recording, `Point at a number of ${edge.name} to see where it comes from.`),
      arrivals(recording, target, moment));
  });
  const title = node.kind === 'op' ? ['Back through ', node.op] : ['The gradient of ', called(node), step.arrived || recording.difference ? ' is there' : ' has not come'];
  const point = edits ? pointing(looks, 'dC', owner, {node: node.id, kind: 'gradient'}) : {};
  return h('section', {},
    h('h2', {}, title, ' ', h('span', {class: 'soft'}, '→ ' + shapeText(node.shape))),
    step.arrived || recording.difference ? null : h('p', {class: 'edited-note'}, 'No gradient comes here: every way from the loss is cut before. So there is nothing to hand on.'),
    step.words && (step.arrived || recording.difference) ? h('p', {class: 'words'}, step.words) : null,
    h('div', {class: 'matrices'}, matrix(step.incoming, {...point, name: 'dC, how the loss changes with each number of C', shape: node.shape, lit: all.get('dC')})),
    edits?.tools(node),
    operands(looks, node, owner, all, [matrix(node.value, {name: 'C', shape: node.shape, lit: all.get('C')})]),
    shown);
}

/** The sum over consumers, filling up: why a tensor that is used twice waits for both. */
function arrivals(recording, node, moment) {
  const expected = node.consumers.filter(id => recording.nodes.get(id).grad).length;
  const come = shares(node, moment);
  if (expected < 2) {
    return null;
  }
  const sum = gradient(recording, node, moment);
  const single = sum?.data?.length === 1;
  const parts = come.map(({from, edge}) => (single && edge.share ? `${figure(edge.share.data[0])} from ${from.op}` : `from ${from.op}`));
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
