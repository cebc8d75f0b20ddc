// A box to find a word in, with completion: arrows choose, Enter takes, Escape closes.
import {h} from './dom.js';

const MOST = 10;
let boxes = 0;

/** The rows that fit what was typed: the word itself, those that begin so, those that hold it. */
export function fitting(words, text, most = MOST) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) {
    return [];
  }
  const exact = [], begins = [], holds = [];
  for (let row = 0; row < words.length && begins.length < most * 4; row++) {
    const word = words[row].toLowerCase();
    if (word === wanted) {
      exact.push(row);
    } else if (word.startsWith(wanted)) {
      begins.push(row);
    } else if (holds.length < most && word.includes(wanted)) {
      holds.push(row);
    }
  }
  for (let row = 0; exact.length === 0 && row < words.length; row++) {
    if (words[row].toLowerCase() === wanted) {
      exact.push(row);
    }
  }
  exact.sort((a, b) => (words[b] === text.trim()) - (words[a] === text.trim()));
  return [...exact, ...begins, ...holds].slice(0, most);
}

/** The box. Its place for a row: set(row), and pick is called with the row that was chosen. */
export function wordBox(label, words, pick, placeholder = '') {
  const id = 'words' + boxes++;
  let shown = [], at = -1;
  const list = h('ul', {role: 'listbox', id, 'aria-label': label, hidden: true});
  const input = h('input', {
    type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-label': label, 'aria-controls': id, 'aria-expanded': 'false', 'aria-autocomplete': 'list', placeholder,
    oninput: () => {
      tell('');
      open(fitting(words, input.value));
      if (input.value === '') {
        pick(-1); // no word
      }
    },
    onkeydown: e => {
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        e.preventDefault();
        if (list.hidden) {
          open(fitting(words, input.value));
        } else {
          choose((at + (e.key === 'ArrowDown' ? 1 : shown.length - 1) + (at < 0 && e.key === 'ArrowUp' ? 1 : 0)) % shown.length);
        }
      } else if (e.key === 'Enter') {
        e.preventDefault();
        const row = shown[Math.max(0, at)] ?? fitting(words, input.value, 1)[0];
        if (row != null) {
          take(row);
        } else if (input.value.trim()) {
          tell(`“${input.value.trim()}” is not among these words.`);
        }
      } else if (e.key === 'Escape') {
        open([]);
      }
    },
    onblur: () => open([]),
  });
  const hint = h('p', {class: 'hint', role: 'status'});

  function tell(text) {
    hint.textContent = text;
  }

  function open(rows) {
    shown = rows;
    at = -1;
    list.replaceChildren(...rows.map((row, i) => h('li', {role: 'option', id: `${id}-${i}`, 'aria-selected': 'false', onpointerdown: e => (e.preventDefault(), take(row))}, words[row])));
    list.hidden = rows.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    input.removeAttribute('aria-activedescendant');
  }

  function choose(next) {
    at = next;
    [...list.children].forEach((li, i) => li.setAttribute('aria-selected', String(i === at)));
    list.children[at]?.scrollIntoView({block: 'nearest'});
    input.setAttribute('aria-activedescendant', `${id}-${at}`);
  }

  function take(row) {
    tell('');
    open([]);
    input.value = words[row];
    pick(row);
  }

  return {
    el: h('div', {class: 'word-box'}, input, list, hint),
    input,
    set: row => (input.value = row == null || row < 0 ? '' : words[row]),
  };
}
