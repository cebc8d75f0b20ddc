// The numbers plugged in: what one element of a tensor is the sum of, as the recording tells it.
import {h} from './dom.js';
import {element, figure, flat} from './recording.js';

/** The terms of an element, or null where they were not kept. */
export function termsAt(terms, at, shape) {
  return terms?.[flat(at, shape)] ?? null;
}

/** Which cells of which letters an element is made of: letter → set of "1,0". */
export function touched(found) {
  const out = new Map();
  for (const term of found?.terms ?? []) {
    for (const [letter, index] of term.factors) {
      if (index) {
        out.set(letter, (out.get(letter) ?? new Set()).add(index.join(',')));
      }
    }
  }
  return out;
}

/** The element as a line of numbers: dA[1, 0] = 0.3 · −1.2 + … */
export function sentence(name, at, found, result) {
  const head = element(name, at);
  if (!found) {
    return h('p', {class: 'plugged'}, h('b', {}, head), ` = ${figure(result)}`,
      h('span', {class: 'soft'}, '  (how it comes about was not kept for a tensor of this size)'));
  }
  const letters = h('div', {class: 'letters'});
  const numbers = h('div', {class: 'numbers'});
  if (found.terms.length === 0) {
    numbers.append('0');
    letters.append('nothing: no number reaches it');
  }
  found.terms.forEach((term, i) => {
    // A minus in front is written as one, not as a factor.
    const minus = term.factors[0]?.[0] === '-1';
    const factors = minus ? term.factors.slice(1) : term.factors;
    const plus = i === 0 ? (minus ? '−' : '') : minus ? ' − ' : ' + ';
    letters.append(plus, ...factors.flatMap(([letter, index], k) => [k ? ' · ' : '', h('span', {class: 'factor'}, index && index.length ? `${letter}[${index.join(', ')}]` : letter)]));
    numbers.append(plus, factors.map(([, , x]) => (x < 0 ? `(${figure(x)})` : figure(x))).join(' · '));
  });
  if (found.more) {
    letters.append(' + …');
    numbers.append(` … and ${found.more[0]} more, together ${figure(found.more[1])}`);
  }
  return h('div', {class: 'plugged'},
    h('div', {}, h('b', {}, head), ' = ', letters),
    h('div', {}, ' = ', numbers),
    h('div', {}, ' = ', h('b', {}, figure(result))));
}
