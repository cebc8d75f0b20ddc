// The page: time below, the graph, the panel of the step, the source. Everything works by keys.
import {h} from './dom.js';
import {draw, groups} from './graph.js';
import {panel, spoken} from './panel.js';
import {read} from './recording.js';
import {source} from './source.js';

const FOLD_ABOVE = 60;

function studio(root, recording) {
  let moment = 0;
  let timer = null;
  const last = recording.moments.length - 1;
  const all = groups(recording);
  const open = new Set(recording.nodes.size > FOLD_ABOVE ? [] : all);
  const points = new Map();
  const pointed = {
    get: (key, owner) => (points.get('owner') === owner ? points.get(key) : null),
  };

  const graphBox = h('div', {class: 'graph-box', tabindex: 0, 'aria-label': 'graph, scroll to see all of it'});
  const panelBox = h('div', {class: 'panel'});
  const sourceBox = h('div', {class: 'source-box'});
  const live = h('div', {class: 'live', 'aria-live': 'polite'});
  const where = h('output', {class: 'where'});
  const slider = h('input', {type: 'range', min: 0, max: last, value: 0, 'aria-label': 'moment', oninput: () => go(Number(slider.value))});
  const half = h('div', {class: 'halves', 'aria-hidden': true},
    h('span', {style: `flex:${recording.turn}`}, 'forward'), h('span', {class: 'loss'}, 'loss'), h('span', {style: `flex:${last - recording.turn}`}, 'backward'));
  const play = button('play', 'play or pause (space)', () => toggle());
  const speed = h('select', {'aria-label': 'speed'}, ['slow', 'medium', 'fast'].map((name, i) => h('option', {value: [2400, 1200, 400][i], selected: i === 1}, name)));
  const help = h('dialog', {class: 'help'},
    h('h2', {}, 'Keys'),
    h('table', {}, h('tbody', {}, [
      ['← →', 'a step back, a step on'], ['Home, End', 'to the beginning, to the end'], ['space', 'play or pause'],
      ['arrows in a table', 'to the next number'], ['l', 'to the loss'], ['f', 'fold or open all layers'], ['?', 'this list'],
    ].map(([key, does]) => h('tr', {}, h('td', {}, h('kbd', {}, key)), h('td', {}, does))))),
    h('form', {method: 'dialog'}, h('button', {}, 'close')));
  const tabs = h('nav', {class: 'tabs', role: 'tablist'}, ['Step', 'Graph', 'Source'].map(name =>
    h('button', {role: 'tab', 'data-tab': name.toLowerCase(), onclick: () => tab(name.toLowerCase())}, name)));

  let graph = null;
  function lay() {
    graph = draw(recording, open, {
      pick: id => go(recording.moments.findIndex((m, i) => i > 0 && m.node?.id === id && (moment <= recording.turn) === (i <= recording.turn)) || 0),
      toggle: group => {
        open.has(group) ? open.delete(group) : open.add(group);
        lay();
        paint();
      },
    });
    graphBox.replaceChildren(graph.svg);
  }

  function button(sign, label, action) {
    return h('button', {type: 'button', title: label, 'aria-label': label, onclick: action}, sign);
  }

  function paint() {
    const now = recording.moments[moment];
    graph.show(moment);
    const focused = document.activeElement?.closest?.('.panel td')?.dataset.at;
    const within = [...panelBox.querySelectorAll('td[tabindex]')].map(td => td.closest('figure'));
    const place = focused == null ? -1 : within.indexOf(document.activeElement.closest('figure'));
    panelBox.replaceChildren(panel(recording, moment, pointed, (key, owner, index) => {
      if (points.get('owner') === owner && points.get(key) === index) {
        return;
      }
      if (points.get('owner') !== owner) {
        points.clear();
        points.set('owner', owner);
      }
      points.set(key, index);
      paint();
    }));
    if (place >= 0) {
      panelBox.querySelectorAll('figure')[place]?.querySelector(`td[data-at="${focused}"]`)?.focus();
    }
    const text = source(recording, now.node?.source);
    sourceBox.replaceChildren(...(text ? [text] : [h('p', {class: 'soft'}, 'No source was recorded.')]));
    sourceBox.querySelector('.now')?.scrollIntoView({block: 'nearest'});
    slider.value = moment;
    where.textContent = moment === 0 ? 'start' : moment <= recording.turn ? `forward ${moment} of ${recording.turn}` : `backward ${moment - recording.turn} of ${last - recording.turn}`;
    root.querySelector('.node.now')?.scrollIntoView?.({block: 'nearest', inline: 'center'});
  }

  function go(to) {
    const next = Math.max(0, Math.min(last, to));
    if (next === moment) {
      return;
    }
    moment = next;
    paint();
    live.textContent = spoken(recording, moment);
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
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('select') || help.open) {
      return;
    }
    const does = {
      ArrowRight: () => go(moment + 1),
      ArrowLeft: () => go(moment - 1),
      Home: () => go(0),
      End: () => go(last),
      ' ': () => toggle(),
      l: () => go(recording.turn),
      f: () => {
        const fold = open.size > 0;
        open.clear();
        if (!fold) {
          all.forEach(group => open.add(group));
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
    h('header', {}, h('h1', {}, recording.title), button('?', 'keys', () => help.showModal())),
    tabs,
    h('main', {}, sourceBox, graphBox, panelBox),
    h('footer', {class: 'time'},
      h('div', {class: 'buttons'}, button('❘◀', 'to the beginning (Home)', () => go(0)), button('◀', 'a step back (←)', () => go(moment - 1)), button('▶', 'a step on (→)', () => go(moment + 1)), button('▶❘', 'to the end (End)', () => go(last)), play, speed),
      h('div', {class: 'track'}, slider, half),
      where),
    live, help);
  tab('step');
  lay();
  paint();
  go(Number(location.hash.slice(1)) || 0);
}

const root = document.getElementById('app');
if (DATA) {
  document.title = DATA.title || document.title;
  studio(root, read(DATA));
} else {
  root.append(h('p', {}, 'Nothing was recorded into this page.'));
}
