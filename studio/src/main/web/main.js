// The page: time below, the graph, the panel of the step, the source. Everything works by keys.
import {h} from './dom.js';
import {editing} from './edits.js';
import {find} from './find.js';
import {draw, legend} from './graph.js';
import {fold, layers, openUp, reveal} from './layers.js';
import {live, onEnd} from './live.js';
import {panel, spoken} from './panel.js';
import {savePng, saveSvg} from './picture.js';
import {alike, counterpart, figure, read} from './recording.js';
import {source} from './source.js';
import {symbols} from './symbols.js';
import {views} from './views.js';

const FOLD_ABOVE = 60;

function studio(root, data) {
  const first = read(data.before ?? data);
  const all = views(first);
  let shown = 'before';
  let recording = first;
  let moment = 0;
  let timer = null;
  let last = recording.moments.length - 1;
  let known = layers(recording);
  const open = new Set(recording.nodes.size > FOLD_ABOVE ? [] : known.all);
  openUp(recording, open, known);
  const mine = new Set(); // layers that the learner opened
  const points = new Map();
  const pointed = {
    get: (key, owner) => (points.get('owner') === owner ? points.get(key) : null),
  };
  const editor = live && data.live ? editing(first, data.live, {ran, changed: () => paint()}) : null;
  const edits = editor && {
    cells: (node, kind) => (shown === 'before' && all.both() ? null : editor.cells(node, kind)),
    edit: (target, at) => editor.edit(recording, target, at, moment),
    tools: node => editor.stepTools(node, recording),
  };

  const graphBox = h('div', {class: 'graph-box', tabindex: 0, 'aria-label': 'graph, scroll to see all of it'});
  const graphHead = h('div', {class: 'graph-head'});
  const flow = h('div', {class: 'flow soft'});
  const panelBox = h('div', {class: 'panel'});
  const sourceBox = h('div', {class: 'source-box'});
  const runs = h('div', {class: 'runs'});
  const heard = h('div', {class: 'live', 'aria-live': 'polite'});
  const where = h('output', {class: 'where'});
  const slider = h('input', {type: 'range', min: 0, max: last, value: 0, 'aria-label': 'moment', oninput: () => go(Number(slider.value))});
  const half = h('div', {class: 'halves', 'aria-hidden': true});
  const play = button('play', 'play or pause (space)', () => toggle());
  const speed = h('select', {'aria-label': 'speed'}, ['slow', 'medium', 'fast'].map((name, i) => h('option', {value: [2400, 1200, 400][i], selected: i === 1}, name)));
  const help = h('dialog', {class: 'help'},
    h('h2', {}, 'Keys'),
    h('table', {}, h('tbody', {}, [
      ['← →', 'a step back, a step on'], ['Home, End', 'to the beginning, to the end'], ['space', 'play or pause'],
      ['arrows in a table', 'to the next number; a click holds one, Esc lets it go'], ['l', 'to the loss'], ['g', 'to a node by its name'], ['f', 'fold or open all layers'],
      ...(editor ? [['e', 'edit the number that is pointed at, and run again'], ['c', 'check its gradient by nudging it'], ['u', 'take the last edit back']] : []),
      ...(editor || data.after ? [['v', 'before, after, difference']] : []), ['?', 'this list'],
    ].map(([key, does]) => h('tr', {}, h('td', {}, h('kbd', {}, key)), h('td', {}, does))))),
    h('h2', {}, 'Symbols'),
    h('table', {class: 'symbols'}, h('tbody', {}, symbols().map(([symbol, means]) => h('tr', {}, h('td', {class: 'formula'}, symbol), h('td', {}, means))))),
    first.function && !editor ? h('p', {class: 'soft'}, 'To edit numbers and run again, open this page from the running program: Studio.show(() -> loss).') : null,
    h('form', {method: 'dialog'}, h('button', {}, 'close')));
  const tabs = h('nav', {class: 'tabs', role: 'tablist'}, ['Step', 'Graph', 'Source'].map(name =>
    h('button', {role: 'tab', 'data-tab': name.toLowerCase(), onclick: () => tab(name.toLowerCase())}, name)));

  let graph = null;
  function lay() {
    graph = draw(recording, open, known, {
      pick: id => goTo(recording.nodes.get(id)),
      toggle: group => {
        mine.delete(group); // the last one is the newest
        mine.add(group);
        openUp(recording, open, known, group);
        lay();
        paint();
      },
      cut: editor && ((from, to) => editor.cut(recording.nodes.get(to), recording, from)),
    });
    graphBox.replaceChildren(graph.svg);
    const folds = [...mine].filter(group => open.has(group)).slice(-6);
    graphHead.replaceChildren(
      h('div', {class: 'folds'}, folds.map(group => h('button', {type: 'button', class: 'chip', 'aria-label': `fold ${group}`, title: 'fold this layer', onclick: () => {
        fold(group, open, known);
        openUp(recording, open, known);
        lay();
        paint();
      }}, group.split('.').slice(-2).join('.'), ' −'))),
      h('div', {class: 'buttons'}, button('go to', 'go to a node by name (g)', () => seek()), button('SVG', 'the graph as an SVG file', () => saveSvg(graph.svg, name())), button('PNG', 'the graph as a PNG file', () => savePng(graph.svg, name()))));
  }

  /** What a picture of this moment is called. */
  function name() {
    return `${recording.title.replace(/\W+/g, '-')}-${moment}`;
  }

  function seek() {
    find(recording, node => {
      const before = new Set(open);
      reveal(node, open, known);
      [...open].filter(group => !before.has(group)).forEach(group => mine.add(group));
      lay();
      goTo(node);
      paint();
    });
  }

  /** To the step of a node, in the half of time where we are. */
  function goTo(node) {
    const back = moment > recording.turn;
    const steps = recording.moments.map((m, i) => (i > 0 && m.node.id === node.id ? i : -1)).filter(i => i > 0);
    const there = steps.find(i => i > recording.turn === back) ?? steps[0];
    go(there ?? 0);
  }

  /** Looks at another run, at the same moment where it has it. */
  function look(name) {
    const before = recording;
    shown = name;
    recording = all.get(name);
    moment = counterpart(before, moment, recording);
    last = recording.moments.length - 1;
    slider.max = last;
    if (!alike(before, recording)) {
      known = layers(recording);
      lay();
    }
    halves();
    paint();
  }

  /** The program ran with other edits. */
  function ran(json, focus) {
    all.set(json);
    look(json ? (shown === 'difference' ? 'difference' : 'after') : 'before');
    if (focus != null && moment !== focus && focus <= last) {
      go(focus);
    }
    heard.textContent = json ? `Ran again: the loss is ${figure(all.get('after').loss.value.data?.[0])}, it was ${figure(first.loss.value.data?.[0])}.` : 'All edits are taken back.';
  }

  function halves() {
    half.replaceChildren(h('span', {style: `flex:${recording.turn}`}, 'forward'), h('span', {class: 'loss'}, 'loss'), h('span', {style: `flex:${last - recording.turn}`}, 'backward'));
  }

  function button(sign, label, action) {
    return h('button', {type: 'button', title: label, 'aria-label': label, onclick: action}, sign);
  }

  function paint() {
    const now = recording.moments[moment];
    flow.replaceChildren(...legend(graph.show(recording, moment, editor?.isCut), recording.difference));
    const focused = document.activeElement?.closest?.('.panel td')?.dataset.at;
    const within = [...panelBox.querySelectorAll('td[tabindex]')].map(td => td.closest('figure'));
    const place = focused == null ? -1 : within.indexOf(document.activeElement.closest('figure'));
    const view = panel(recording, moment, pointed, point, recording.difference || (shown === 'before' && all.both()) ? null : edits);
    keepFocus(panelBox, [
      recording.difference ? h('p', {class: 'banner'}, 'The difference: numbers of after minus those of before.') : null,
      view,
      target() && edits && !recording.difference ? editor.tools(recording, ...target(), moment) : null,
    ]);
    if (place >= 0) {
      panelBox.querySelectorAll('figure')[place]?.querySelector(`td[data-at="${focused}"]`)?.focus();
    }
    keepFocus(runs, [editor?.bar(), all.bar(shown, look)]);
    const text = source(recording, now.node?.source, data.live?.paths);
    sourceBox.replaceChildren(...(text ? [text] : [h('p', {class: 'soft'}, 'No source was recorded.')]));
    sourceBox.querySelector('.now')?.scrollIntoView({block: 'nearest'});
    slider.value = moment;
    where.textContent = moment === 0 ? 'start' : moment <= recording.turn ? `forward ${moment} of ${recording.turn}` : `backward ${moment - recording.turn} of ${last - recording.turn}`;
    root.querySelector('.node.now')?.scrollIntoView?.({block: 'nearest', inline: 'center'});
  }

  /** The learner points at another number. */
  function point(key, owner, index, to) {
    if (points.get('owner') === owner && points.get(key) === index && points.get('last') === key) {
      return;
    }
    if (points.get('owner') !== owner) {
      points.clear();
      points.set('owner', owner);
    }
    points.set(key, index);
    points.set('last', key);
    points.set('target', [to, index]);
    paint();
  }

  /** What is pointed at, if it is part of this moment: [{node, kind}, index]. */
  function target() {
    const now = recording.moments[moment];
    return points.get('owner') === `${now.kind} ${now.node?.id}` ? points.get('target') : null;
  }

  function go(to) {
    const next = Math.max(0, Math.min(last, to));
    if (next === moment) {
      return;
    }
    moment = next;
    paint();
    heard.textContent = spoken(recording, moment);
    history.replaceState(null, '', '#' + moment);
  }

  function toggle() {
    if (timer) {
      clearInterval(timer);
      timer = null;
    } else {
      if (moment === last) {
        go(0);
      }
      timer = setInterval(() => (moment < last ? go(moment + 1) : toggle()), Number(speed.value));
    }
    play.textContent = timer ? 'pause' : 'play';
  }

  function tab(name) {
    root.dataset.tab = name;
    tabs.querySelectorAll('button').forEach(b => b.setAttribute('aria-selected', b.dataset.tab === name));
  }

  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('select, input:not([type=range])') || document.querySelector('dialog[open]')) {
      return;
    }
    const does = {
      ArrowRight: () => go(moment + 1),
      ArrowLeft: () => go(moment - 1),
      Home: () => go(0),
      End: () => go(last),
      ' ': () => toggle(),
      l: () => go(recording.turn),
      g: () => seek(),
      e: target() && edits && (() => edits.edit(...target())),
      c: target() && editor && (() => editor.check(recording, ...target())),
      u: editor && (() => editor.undo()),
      v: all.both() && (() => look({before: 'after', after: 'difference', difference: 'before'}[shown])),
      Escape: () => document.activeElement?.blur?.(),
      f: () => {
        const openAll = [...known.all].some(group => !open.has(group));
        open.clear();
        mine.clear();
        if (openAll) {
          known.all.forEach(group => open.add(group));
        } else {
          openUp(recording, open, known);
        }
        lay();
        paint();
      },
      '?': () => help.showModal(),
    }[e.key];
    if (does && !(e.key === ' ' && e.target.matches('button'))) {
      e.preventDefault();
      does();
    }
  });

  root.append(
    h('header', {}, h('h1', {}, first.title), runs, button('?', 'keys', () => help.showModal())),
    tabs,
    h('main', {}, sourceBox, h('div', {class: 'graph-pane'}, graphHead, graphBox, flow), panelBox),
    h('footer', {class: 'time'},
      h('div', {class: 'buttons'}, button('❘◀', 'to the beginning (Home)', () => go(0)), button('◀', 'a step back (←)', () => go(moment - 1)), button('▶', 'a step on (→)', () => go(moment + 1)), button('▶❘', 'to the end (End)', () => go(last)), play, speed),
      h('div', {class: 'track'}, slider, half),
      where),
    heard, help);
  tab('step');
  halves();
  if (data.after) {
    all.set(data);
  }
  lay();
  paint();
  go(Number(location.hash.slice(1)) || 0);
  if (editor) {
    onEnd(() => editor.end());
  }
}

/** Fills a box anew; the button that had the focus, or what stands in its place, has it still. */
function keepFocus(box, children) {
  const buttons = () => [...box.querySelectorAll('button')];
  const name = b => b.getAttribute('aria-label') ?? b.textContent;
  const before = buttons();
  const at = before.indexOf(document.activeElement);
  const held = at >= 0 ? name(before[at]) : null;
  box.replaceChildren(...children.filter(Boolean));
  if (held != null) {
    (buttons().find(b => name(b) === held) ?? buttons()[Math.min(at, buttons().length - 1)])?.focus();
  }
}

const root = document.getElementById('app');
if (DATA) {
  document.title = (DATA.before ?? DATA).title || document.title;
  studio(root, DATA);
} else {
  root.append(h('p', {}, 'Nothing was recorded into this page.'));
}
