// What the symbols of formulas mean, for who points at one.
import {h} from './dom.js';

const MEANINGS = {
  '∘': 'element by element: each number times the number in the same place',
  '·': 'times; between matrices the matrix product: rows times columns, added up',
  'ᵀ': 'turned over: rows become columns',
  'Σ': 'added up',
  '√': 'square root',
  '½': 'one half',
  '²': 'times itself',
  '³': 'times itself, and once more',
  '/': 'divided by',
};

const LETTERS = ['A', 'B', 'D', 'E', 'F', 'G'];
const ORDER = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** The symbols and what they mean, for the list of keys. */
export const symbols = () => [
  ['A, B, D', 'the inputs of a step, in order'],
  ['C', 'its result'],
  ['dC', 'how much the loss changes when a number of C grows: the gradient of C'],
  ['dA', 'the same for A: what this step hands on'],
  ...Object.entries(MEANINGS),
];

function meaning(symbol) {
  if (MEANINGS[symbol]) {
    return MEANINGS[symbol];
  }
  const of = symbol.at(-1);
  const what = of === 'C' ? 'the result of this step' : `its ${ORDER[LETTERS.indexOf(of)]} input`;
  return symbol.length === 2 ? `how much the loss changes when a number of ${of}, ${what}, grows` : what;
}

/** A formula whose symbols say what they are. */
export function formula(text) {
  const parts = text.split(/(\bd?[A-G]\b|[∘·ᵀΣ√½²³/])/u);
  return h('span', {class: 'formula'}, parts.map((part, i) => (i % 2 ? h('abbr', {title: meaning(part)}, part) : part)));
}
