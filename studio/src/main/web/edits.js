// What is different from the program as it was written: edits, made here and carried out by the running program.
import {h} from './dom.js';
import {ask} from './live.js';
import {called, element, figure, flat, gradient} from './recording.js';

/** How an edit is told. */
function describe(edit, nodes) {
  const name = called(nodes.get(edit.node) ?? {});
  const at = edit.index?.join(',');
  return {
    number: () => `${element(name, at)} = ${figure(edit.value)}`,
    gradient: () => `gradient of ${element(name, at)} = ${figure(edit.value)}`,
    zero: () => `gradient of ${name} = 0`,
    cut: () => `cut: ${name} → ${called(nodes.get(nodes.get(edit.node).inputs[edit.input]))}`,
    seed: () => `seed ${edit.seed}`,
  }[edit.kind]();
}

function same(a, b) {
  return a.kind === b.kind && a.node === b.node && a.input === b.input && String(a.index) === String(b.index);
}

/**
 * The edits of a program that runs.
 *
 * @param first the recording without edits
 * @param about what the program told of itself: {editable, draws}
 * @param ran (json): the function ran with the edits of now; null when none is left
 * @param changed the page has to be painted again
 */
export function editing(first, about, {ran, changed}) {
  const editable = new Set(about.editable);
  let edits = [];
  let ended = false;
  let running = 0;
  let trouble = null;
  const nudges = new Map();

  /** Runs with other edits; the old ones stay if the program refuses. */
  async function run(next, focus) {
    if (ended) {
      return;
    }
    const before = edits;
    edits = next;
    nudges.clear();
    trouble = null;
    seed.value = next.find(e => e.kind === 'seed')?.seed ?? '';
    const mine = ++running;
    changed();
    try {
      const json = next.length ? JSON.parse(new TextDecoder().decode(await ask('again', {edits: next}))) : null;
      if (mine === running) {
        running = 0;
        ran(json, focus);
      }
    } catch (e) {
      if (mine === running) {
        running = 0;
        edits = before;
        trouble = e.message;
        changed();
      }
    }
  }

  const add = (edit, focus) => run([...edits.filter(e => !same(e, edit)), edit], focus);
  const toggle = edit => (edits.some(e => same(e, edit)) ? run(edits.filter(e => !same(e, edit))) : add(edit));

  /** A window that asks for a number. */
  function edit(recording, target, at, moment) {
    const node = recording.nodes.get(target.node);
    if (ended) {
      return refuse('The program has ended, so nothing can be run again.');
    }
    if (target.kind === 'number' && !editable.has(node.id)) {
      return refuse(`${called(node)} is made anew in each run, or was not kept whole. To edit it, make it outside of the function.`);
    }
    const value = target.kind === 'number' ? node.value : gradient(recording, node, recording.moments.length - 1);
    const old = Number((value?.data[flat(at, node.shape)] ?? 0).toPrecision(7)); // as FLOAT32 is written
    const what = (target.kind === 'number' ? '' : 'the gradient of ') + element(called(node), at);
    // What is handed to a node shows once all of it has come: at the node's own step.
    const focus = target.kind === 'number' ? moment : recording.moments.findIndex(m => m.step?.node === node.id);
    const whole = target.kind === 'number' && !node.dtype.startsWith('FLOAT');
    const input = h('input', {type: 'number', step: whole ? 1 : 'any', value: old, required: true, 'aria-label': `new value of ${what}`});
    const dialog = h('dialog', {class: 'ask'},
      h('form', {method: 'dialog', onsubmit: () => add({kind: target.kind, node: node.id, index: at === '' ? [] : at.split(',').map(Number), value: Number(input.value)}, focus)},
        h('p', {}, 'What if ', h('b', {}, what), ` were not ${figure(old)}, but`),
        h('p', {}, input, ' ', h('button', {type: 'submit'}, 'run again'), ' ', h('button', {type: 'button', onclick: () => dialog.close()}, 'leave it'))));
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  }

  function refuse(why) {
    trouble = why;
    changed();
  }

  /** Nudges a number: the slope by trying, beside that of backprop. */
  async function check(recording, target, at) {
    const node = recording.nodes.get(target.node);
    if (!node.grad) {
      return refuse(`${called(node)} gets no gradient, so there is nothing to check.`);
    }
    if (ended) {
      return refuse('The program has ended, so nothing can be tried.');
    }
    trouble = null;
    const key = node.id + ':' + at;
    try {
      nudges.set(key, await ask('check', {edits, node: node.id, index: at === '' ? [] : at.split(',').map(Number)}));
    } catch (e) {
      trouble = e.message;
    }
    changed();
  }

  /** The number that is pointed at, and what can be done with it. */
  function tools(recording, target, at, moment) {
    const node = recording.nodes.get(target.node);
    const name = element(called(node), at);
    const nudge = nudges.get(node.id + ':' + at);
    return h('div', {class: 'tools'},
      h('b', {}, target.kind === 'gradient' ? `gradient of ${name}` : name), ' ',
      h('button', {type: 'button', disabled: ended, onclick: () => edit(recording, target, at, moment)}, 'edit', h('kbd', {}, 'e')), ' ',
      node.grad ? h('button', {type: 'button', disabled: ended, class: 'check', onclick: () => check(recording, target, at)}, 'nudge it', h('kbd', {}, 'c')) : null,
      nudge ? nudged(name, nudge) : null);
  }

  function nudged(name, n) {
    return h('div', {class: 'nudge', role: 'status'},
      h('div', {}, `${name} moved by ±${figure(n.eps)}: the loss goes from ${precise(n.lower)} to ${precise(n.upper)}.`),
      h('div', {}, 'slope by trying ', h('b', {class: 'numeric'}, precise(n.numeric)), ', by backprop ', h('b', {class: 'gradient'}, precise(n.gradient))),
      h('div', {class: n.agrees ? 'agrees' : 'differs'}, n.agrees ? `✓ they agree (${(100 * n.error).toFixed(2)} % apart)` : `✗ they differ by ${(100 * n.error).toFixed(1)} %. ${edits.some(e => e.kind !== 'number' && e.kind !== 'seed') ? 'A gradient was edited, so backprop no longer tells the slope.' : 'Look for a corner (relu at 0), or for a jump.'}`));
  }

  function precise(x) {
    return Number.isFinite(Number(x)) ? String(Number(Number(x).toPrecision(6))).replace('-', '−') : figure(x);
  }

  /** Cutting and zeroing, for a step back. */
  function stepTools(node, recording) {
    const has = edit => edits.some(e => same(e, edit));
    const zero = {kind: 'zero', node: node.id};
    const button = (edit, off, on) => h('button', {type: 'button', disabled: ended, 'aria-pressed': String(has(edit)), onclick: () => toggle(edit)}, has(edit) ? on : off);
    return h('div', {class: 'step-tools'},
      button(zero, 'set dC to zero', 'dC is zero: undo'), ' ',
      cuttable(node, recording).map(input => [button({kind: 'cut', node: node.id, input}, `cut the way to ${called(recording.nodes.get(node.inputs[input]))}`, `cut to ${called(recording.nodes.get(node.inputs[input]))}: undo`), ' ']).flat());
  }

  function cuttable(node, recording) {
    return node.inputs.flatMap((id, input) => (recording.nodes.get(id).grad ? [input] : []));
  }

  const seed = h('input', {type: 'number', step: 1, class: 'seed', placeholder: 'seed', 'aria-label': 'seed of the random numbers', onchange: () => (seed.value === '' ? run(edits.filter(e => e.kind !== 'seed')) : add({kind: 'seed', seed: Number(seed.value)}))});

  /** The edits of now, to be taken back. */
  function bar() {
    const busy = running > 0;
    return h('div', {class: 'edits', 'aria-busy': String(busy)},
      ended ? h('b', {class: 'ended', role: 'status'}, 'The program has ended: you can go on stepping, but nothing runs again.') : null,
      edits.length === 0 && !ended ? h('span', {class: 'soft'}, 'Point at a number and press e to change it: the program runs again.') : null,
      edits.map(e => h('button', {type: 'button', class: 'chip', disabled: ended, title: 'take this back', 'aria-label': `take back: ${describe(e, first.nodes)}`, onclick: () => run(edits.filter(x => x !== e))}, describe(e, first.nodes), ' ✕')),
      edits.length ? [h('button', {type: 'button', class: 'undo', disabled: ended, onclick: () => run(edits.slice(0, -1))}, 'undo'), h('button', {type: 'button', class: 'reset', disabled: ended, onclick: () => run([])}, 'reset')] : null,
      about.draws ? h('label', {class: 'soft'}, 'random numbers: ', seed) : null,
      busy ? h('span', {class: 'soft', role: 'status'}, 'running…') : null,
      trouble ? h('span', {class: 'trouble', role: 'alert'}, trouble) : null);
  }

  return {
    bar,
    tools,
    edit,
    check,
    stepTools,
    undo: () => edits.length && run(edits.slice(0, -1)),
    isCut: (node, from) => edits.some(e => e.kind === 'cut' && e.node === node && first.nodes.get(node).inputs[e.input] === from),
    cut: (node, recording, to) => cuttable(node, recording).filter(input => node.inputs[input] === to).forEach(input => toggle({kind: 'cut', node: node.id, input})),
    cells: (node, kind) => new Set(edits.filter(e => e.kind === kind && e.node === node).map(e => e.index.join(','))),
    end: () => {
      ended = true;
      seed.disabled = true;
      document.querySelectorAll('dialog.ask').forEach(d => d.close());
      changed();
    },
  };
}
