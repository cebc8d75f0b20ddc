// Going to a node by its name.
import {h} from './dom.js';
import {called, shapeText} from './recording.js';

const MOST = 12;

/** A window in which a name is typed; go(node) is called with the one that was chosen. */
export function find(recording, go) {
  const list = h('ul', {class: 'found'});
  const input = h('input', {type: 'search', 'aria-label': 'name of a node', placeholder: 'name, op or layer', oninput: () => fill()});
  const dialog = h('dialog', {class: 'ask find'},
    h('form', {method: 'dialog', onsubmit: e => {
      e.preventDefault();
      list.querySelector('button')?.click();
    }}, h('p', {}, h('label', {}, 'Go to ', input))), list);

  function fill() {
    const asked = input.value.toLowerCase().split(/\s+/);
    const hits = [...recording.nodes.values()].filter(n => {
      const text = `${n.name ?? ''} ${n.op} ${n.group} ${shapeText(n.shape)}`.toLowerCase();
      return n.grad && asked.every(part => text.includes(part));
    });
    list.replaceChildren(
      ...hits.slice(0, MOST).map(n => h('li', {}, h('button', {type: 'button', onclick: () => {
        dialog.close();
        go(n);
      }}, called(n), ' ', h('span', {class: 'soft'}, [n.name ? n.op : '', n.group, shapeText(n.shape)].filter(Boolean).join(' · '))))),
      ...(hits.length > MOST ? [h('li', {class: 'soft'}, `… and ${hits.length - MOST} more`)] : []),
      ...(hits.length === 0 ? [h('li', {class: 'soft'}, 'nothing is called so')] : []));
  }

  dialog.addEventListener('keydown', e => {
    const all = [input, ...list.querySelectorAll('button')];
    const step = {ArrowDown: 1, ArrowUp: -1}[e.key];
    if (step) {
      e.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + step))].focus();
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  fill();
  dialog.showModal();
}
