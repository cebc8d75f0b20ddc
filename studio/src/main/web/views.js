// Two recordings beside each other: the one, the other, or the difference.
import {h} from './dom.js';
import {difference, figure, read} from './recording.js';

/** What can be looked at: before, and, where there is a second recording, after and difference. */
export function views(first) {
  const all = {before: first};
  let same = first.nodes.size;
  return {
    get: name => all[name],
    both: () => Boolean(all.after),
    set(json) {
      all.after = json ? read(json.after) : null;
      same = json ? json.same : first.nodes.size;
      all.difference = json ? difference(first, all.after, same) : null;
    },
    bar(shown, show) {
      if (!all.after) {
        return null;
      }
      const [a, b] = [first, all.after].map(r => r.loss.value.data?.[0]);
      const names = {before: 'before', after: 'after', difference: 'difference'};
      const parted = same < first.nodes.size || same < all.after.nodes.size;
      return h('div', {class: 'views', role: 'group', 'aria-label': 'which run'},
        Object.entries(names).map(([name, text]) => h('button', {type: 'button', 'data-view': name, 'aria-pressed': String(shown === name), onclick: () => show(name)}, text)),
        h('span', {class: 'losses'}, 'loss ', h('span', {}, figure(a)), ' → ', h('b', {}, figure(b)), h('span', {class: 'soft'}, a === b ? ' (unchanged)' : ` (${b > a ? '+' : ''}${figure(b - a)})`)),
        parted ? h('span', {class: 'trouble'}, `The second run goes another way from step ${1 + [...first.nodes.values()].filter(n => n.kind === 'op' && n.id < same).length} on; there is no difference to tell from there.`) : null);
    },
  };
}
