// The page of attention: every head at a glance, one head in full, and who looks at whom when tokens are hidden.
import {h} from './dom.js';
import {ask, live, onEnd} from './live.js';

const STEPS = 65535;

/** The weights of a layer, [heads × L × L] numbers between 0 and 1. */
function weights(base64) {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  return Float32Array.from(new Uint16Array(bytes.buffer), x => x / STEPS);
}

const percent = x => (x * 100 >= 9.95 ? Math.round(x * 100) : Number((x * 100).toFixed(1))) + ' %';

function attention(root, data) {
  const texts = data.texts.map(t => ({tokens: t.tokens, heads: t.heads, layers: t.layers.map(weights)}));
  const state = {text: 0, layer: 0, head: 0, token: 0, mode: 'now'};
  let gone = new Set();
  let changed = null; // what the encoder answered without the tokens that are gone
  let how = 'hide';
  let asked = 0;

  const text = () => texts[state.text];
  const count = () => text().tokens.length;
  restore();

  /** How much token i took from token j, by what is shown: now, before, or the difference. */
  function weight(layer, head, i, j) {
    const now = (changed?.layers ?? text().layers)[layer];
    const before = text().layers[layer];
    const of = all => {
      const n = count();
      if (head < text().heads) {
        return all[(head * n + i) * n + j];
      }
      let sum = 0;
      for (let k = 0; k < text().heads; k++) {
        sum += all[(k * n + i) * n + j];
      }
      return sum / text().heads;
    };
    return state.mode === 'before' ? of(before) : state.mode === 'difference' ? of(now) - of(before) : of(now);
  }

  function color(x) {
    const share = Math.min(1, Math.abs(x) * (state.mode === 'difference' ? 2 : 1));
    return `color-mix(in srgb, var(${x < 0 ? '--c2' : '--c1'}) ${Math.round(85 * Math.sqrt(share))}%, var(--ground))`;
  }

  // ---- parts of the page

  const sentence = h('div', {class: 'sentence', role: 'listbox', 'aria-label': 'tokens: arrows choose one, m hides it'});
  const told = h('p', {class: 'told-token', 'aria-live': 'polite'});
  const heads = h('div', {class: 'heads', role: 'grid', 'aria-label': 'every head of every layer'});
  const full = h('div', {class: 'full'});
  const moved = h('div', {class: 'moved'});
  const note = h('p', {class: 'soft', 'aria-live': 'polite'});
  const chooseText = h('select', {'aria-label': 'text', onchange: () => go({text: Number(chooseText.value), token: 0})},
    texts.map((t, i) => h('option', {value: i}, `${i + 1}. ${t.tokens.join(' ').slice(0, 60)}`)));
  const chooseHow = h('select', {'aria-label': 'what happens to a token that is taken away', onchange: () => again([...gone], chooseHow.value)},
    [['hide', 'cannot be looked at'], ...(data.masks ? [['mask', 'stands there as [MASK]']] : [])].map(([value, name]) => h('option', {value}, name)));
  const chooseMode = h('div', {class: 'modes', role: 'group', 'aria-label': 'what is shown'},
    [['now', 'without it'], ['before', 'as it was'], ['difference', 'difference']].map(([mode, name]) =>
      h('button', {type: 'button', 'data-mode': mode, onclick: () => go({mode})}, name)));
  const takeIt = h('button', {type: 'button', class: 'take', onclick: () => take(state.token)});
  const help = h('dialog', {class: 'help'}, h('h2', {}, 'Keys'),
    h('table', {}, h('tbody', {}, [['← →', 'the token that looks'], ['↑ ↓', 'the head'], ['[ ]', 'the layer'], ['m', 'take the token away, or give it back'], ['?', 'this list']]
      .map(([key, does]) => h('tr', {}, h('td', {}, h('kbd', {}, key)), h('td', {}, does))))),
    h('form', {method: 'dialog'}, h('button', {}, 'close')));

  function headName(head) {
    return head === text().heads ? 'mean of all heads' : `head ${head + 1}`;
  }

  /** Draws everything anew; the focus and the place of the table stay. */
  function paint() {
    const inHeads = heads.contains(document.activeElement);
    const scroll = full.querySelector('.scroll');
    const [left, top, inTable] = [scroll?.scrollLeft, scroll?.scrollTop, scroll?.contains(document.activeElement)];
    draw();
    const after = full.querySelector('.scroll');
    after.scrollTo(left ?? 0, top ?? 0);
    if (inHeads) {
      heads.querySelector('[tabindex="0"]').focus();
    } else if (inTable) {
      after.focus();
    }
  }

  function draw() {
    const n = count();
    const {layer, head, token} = state;
    sentence.replaceChildren(...text().tokens.map((t, j) => {
      const w = weight(layer, head, token, j);
      return h('button', {
        type: 'button', role: 'option', class: `token${j === token ? ' looks' : ''}${gone.has(j) ? ' gone' : ''}`, 'data-at': j, tabindex: j === token ? 0 : -1,
        'aria-selected': j === token, 'aria-label': `${t}: ${percent(w)}${gone.has(j) ? ', taken away' : ''}`, style: `background:${color(w)}`,
        onclick: () => go({token: j}), ondblclick: () => take(j),
      }, h('span', {}, t), h('small', {}, percent(w)));
    }));
    told.textContent = said();
    takeIt.textContent = `${gone.has(token) ? 'give back' : 'take away'} “${text().tokens[token]}”`;
    const side = Math.max(32, n / 2);
    heads.replaceChildren(...text().layers.map((_, l) => h('div', {class: 'layer', role: 'row'},
      h('span', {class: 'soft'}, `layer ${l + 1}`),
      Array.from({length: text().heads}, (_, k) => h('button', {
        type: 'button', role: 'gridcell', class: l === layer && k === head ? 'chosen' : '', 'data-layer': l, 'data-head': k, tabindex: l === layer && (k === head || (k === 0 && head === text().heads)) ? 0 : -1,
        title: `layer ${l + 1}, head ${k + 1}`, 'aria-label': `layer ${l + 1}, head ${k + 1}`, onclick: () => go({layer: l, head: k}),
      }, picture(l, k, side))))));
    full.replaceChildren(h('h2', {}, `Layer ${layer + 1}, ${headName(head)} `, h('span', {class: 'soft'}, 'row looks at column')), table());
    chooseText.value = state.text;
    chooseMode.hidden = !changed;
    chooseMode.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', b.dataset.mode === state.mode));
    paintMoved();
    history.replaceState(null, '', '#' + Object.entries(state).map(([k, v]) => `${k}=${v}`).join('&'));
  }

  /** One head as a small picture. */
  function picture(layer, head, side) {
    const n = count();
    const canvas = h('canvas', {width: n, height: n, style: `width:${side}px;height:${side}px`, 'aria-hidden': true});
    const context = canvas.getContext('2d');
    const image = context.createImageData(n, n);
    const style = getComputedStyle(root);
    const [up, down] = ['--c1', '--c2'].map(name => rgb(style.getPropertyValue(name)));
    for (let i = 0; i < n * n; i++) {
      const x = weight(layer, head, Math.floor(i / n), i % n);
      const share = Math.min(1, Math.abs(x) * (state.mode === 'difference' ? 2 : 1));
      image.data.set([...(x < 0 ? down : up), Math.round(255 * 0.9 * Math.sqrt(share))], 4 * i);
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  function rgb(hex) {
    const number = parseInt(hex.trim().slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }

  function table() {
    const {layer, head, token} = state;
    const tokens = text().tokens;
    return h('div', {class: 'scroll', tabindex: 0, 'aria-label': 'weights of this head, scroll to see all'}, h('table', {class: 'weights'},
      h('thead', {}, h('tr', {}, h('td'), tokens.map(t => h('th', {scope: 'col'}, h('span', {}, t))))),
      h('tbody', {}, tokens.map((t, i) => h('tr', {class: i === token ? 'looks' : ''}, h('th', {scope: 'row'}, t),
        tokens.map((u, j) => {
          const w = weight(layer, head, i, j);
          return h('td', {style: `background:${color(w)}`, 'data-at': `${i},${j}`, title: `${t} → ${u}: ${percent(w)}`, onclick: () => go({token: i})}, tokens.length <= 24 ? String(Math.round(w * 100)) : '');
        }))))));
  }

  /** In a sentence: where the token looks most. */
  function said() {
    const {layer, head, token} = state;
    const tokens = text().tokens;
    const order = tokens.map((_, j) => j).sort((a, b) => weight(layer, head, token, b) - weight(layer, head, token, a)).slice(0, 3);
    const more = order.filter(j => state.mode !== 'difference' || weight(layer, head, token, j) > 0);
    if (more.length === 0) {
      return `Layer ${layer + 1}, ${headName(head)}: “${tokens[token]}” looks as it did.`;
    }
    const where = more.map(j => `${tokens[j]} (${percent(weight(layer, head, token, j))})`).join(', ');
    return state.mode === 'difference'
      ? `Layer ${layer + 1}, ${headName(head)}: “${tokens[token]}” now looks more at ${where}.`
      : `Layer ${layer + 1}, ${headName(head)}: “${tokens[token]}” takes most from ${where}.`;
  }

  function paintMoved() {
    if (!changed) {
      moved.replaceChildren();
      return;
    }
    const last = changed.cosines.at(-1);
    const order = last.map((_, i) => i).sort((a, b) => last[a] - last[b]);
    moved.replaceChildren(
      h('h2', {}, 'Moved most ', h('span', {class: 'soft'}, 'cosine of its last vector to what it was')),
      h('table', {}, h('tbody', {}, order.slice(0, 8).map(i => h('tr', {'data-token': i}, h('th', {scope: 'row'}, text().tokens[i]),
        h('td', {}, last[i].toFixed(3)), h('td', {}, h('span', {class: 'turned', style: `width:${Math.round((90 * (1 - last[i])) / Math.max(1e-6, 1 - last[order[0]]))}px`})))))));
  }

  // ---- what the learner does

  function go(to) {
    const before = state.text;
    Object.assign(state, to);
    if (state.text !== before) {
      gone = new Set();
      changed = null;
      asked++; // an answer of the other text comes too late
      note.textContent = '';
    }
    clamp();
    paint();
    if (to.token !== undefined) {
      sentence.querySelector('[tabindex="0"]').focus();
    }
  }

  function clamp() {
    state.text = within(state.text, texts.length);
    state.layer = within(state.layer, text().layers.length);
    state.head = within(state.head, text().heads + (text().heads > 1 ? 1 : 0));
    state.token = within(state.token, count());
    if (!changed) {
      state.mode = 'now';
    }
  }

  function within(x, size) {
    return Number.isInteger(x) ? Math.max(0, Math.min(size - 1, x)) : 0;
  }

  function restore() {
    for (const part of location.hash.slice(1).split('&')) {
      const [key, value] = part.split('=');
      if (key in state && key !== 'mode') {
        state[key] = Number(value);
      }
    }
    clamp();
  }

  function take(token) {
    if (!live) {
      note.textContent = 'To take tokens away the program has to run: Studio.show(encoder, …).';
      return;
    }
    again(gone.has(token) ? [...gone].filter(t => t !== token) : [...gone, token], how);
  }

  /** Runs the encoder without some tokens; where it refuses, all stays as it was. */
  async function again(tokens, manner) {
    const turn = ++asked;
    const before = {gone, how};
    [gone, how] = [new Set(tokens), manner];
    if (gone.size === 0) {
      changed = null;
      note.textContent = '';
      clamp();
      paint();
      return;
    }
    note.textContent = 'The encoder runs …';
    try {
      const answer = await ask('without', {text: state.text, tokens, how: manner});
      if (turn === asked) {
        changed = {layers: answer.layers.map(weights), cosines: answer.cosines};
        note.textContent = `${manner === 'hide' ? 'Without' : 'With [MASK] for'} ${tokens.map(i => '“' + text().tokens[i] + '”').join(', ')}.`;
        paint();
      }
    } catch (e) {
      if (turn === asked) {
        note.textContent = e.message;
        ({gone, how} = before);
        chooseHow.value = how;
        paint();
      }
    }
  }

  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('select') || help.open) {
      return;
    }
    const choices = text().heads + (text().heads > 1 ? 1 : 0);
    const inHeads = heads.contains(e.target);
    const does = {
      ...(inHeads && {
        ArrowRight: () => go({head: Math.min(text().heads - 1, state.head + 1)}),
        ArrowLeft: () => go({head: Math.max(0, state.head - 1)}),
        ArrowDown: () => go({layer: state.layer + 1}),
        ArrowUp: () => go({layer: state.layer - 1}),
      }),
      ...(!inHeads && {
      ArrowRight: () => go({token: Math.min(count() - 1, state.token + 1)}),
      ArrowLeft: () => go({token: Math.max(0, state.token - 1)}),
      ArrowDown: () => go({head: (state.head + 1) % choices}),
      ArrowUp: () => go({head: (state.head + choices - 1) % choices}),
      }),
      ']': () => go({layer: state.layer + 1}),
      '[': () => go({layer: state.layer - 1}),
      m: () => take(state.token),
      '?': () => help.showModal(),
    }[e.key];
    if (does && !(e.key.startsWith('Arrow') && e.target.matches('.scroll'))) {
      e.preventDefault();
      does();
    }
  });
  onEnd(() => {
    note.textContent = 'The program has ended: what is here can still be looked at, tokens cannot be taken away any more.';
    chooseHow.disabled = takeIt.disabled = true;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);

  const mean = h('button', {type: 'button', onclick: () => go({head: text().heads > 1 ? text().heads : 0})}, 'mean of the heads');
  root.classList.add('attention');
  root.append(
    h('header', {}, h('h1', {}, 'Attention'), texts.length > 1 && chooseText, h('button', {type: 'button', 'aria-label': 'keys', title: 'keys', onclick: () => help.showModal()}, '?')),
    h('main', {},
      h('section', {class: 'look'},
        h('p', {class: 'words'}, 'In every layer each token looks at all tokens and takes a share of what they hold. Choose the token that looks: the others show how much it takes from them.'),
        sentence, told,
        h('p', {class: 'taking'}, live
          ? [takeIt, 'A token that is taken away ', chooseHow, chooseMode]
          : h('span', {class: 'soft'}, 'Tokens can be taken away while the program runs: Studio.show(encoder, …).')),
        note),
      moved,
      h('section', {class: 'all'}, h('h2', {}, 'Every head ', h('span', {class: 'soft'}, 'row looks at column')), heads, mean),
      full),
    help);
  paint();
}

const root = document.getElementById('app');
if (DATA) {
  document.title = 'Attention – Gradus studio';
  attention(root, DATA);
} else {
  root.append(h('p', {}, 'No attention is in this page.'));
}
